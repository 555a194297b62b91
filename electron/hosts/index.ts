/** What depends on where Holdpoint runs, as an interface. The entries choose the implementation. */
export type { Ability, FolderPicker, Host, KeepAwake, Notifications, SecretStore } from './host.ts';
