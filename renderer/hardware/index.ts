/** Machines: this laptop, every target host, and the sandbox that stands in for them. */
export { HostsScreen } from './hosts-screen.tsx';
