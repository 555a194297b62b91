/** Settings: the person, the look, secrets, this installation, and every shortcut. */
export { SettingsScreen } from './settings-screen.tsx';
