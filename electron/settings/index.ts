/** What belongs to this machine and person rather than to a launch: name, theme, recently opened packs. */
export { createSettings, type RecentPack, type SettingsStore } from './settings.ts';
