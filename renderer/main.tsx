import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from './app/connection.ts';

function About() {
  const [text, setText] = useState('Connecting');
  useEffect(() => {
    connect()
      .then(({ client }) => client.settings.about())
      .then(
        ({ host }) => setText(`Runs on the ${host} host`),
        (error: Error) => setText(error.message),
      );
  }, []);
  return <p>{text}</p>;
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <h1>Holdpoint</h1>
    <About />
  </StrictMode>,
);
