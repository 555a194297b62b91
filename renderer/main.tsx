import { connect } from './app/index.ts';
import { mount } from './mount.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
mount(root, connect);
