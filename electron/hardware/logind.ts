/** What systemd's login manager said of itself, as the probe printed it. */
export interface LogindFacts {
  systemd: boolean;
  /** Values of KillUserProcesses, KillOnlyUsers and KillExcludeUsers, in this order, as `busctl` prints them. */
  properties: readonly string[];
  /** Lines of logind.conf and its drop-ins, in the order they are read. */
  settings: readonly string[];
}

/**
 * Whether the host ends this user's processes when the last session closes; null where that cannot be told. The
 * default differs between distributions, so that only a running logind or a written setting counts. Users named in
 * KillExcludeUsers are spared, and root is unless that list says otherwise; KillOnlyUsers, when it names anyone,
 * spares the rest.
 */
export function killsUserProcesses(
  { systemd, properties, settings }: LogindFacts,
  user: string,
): boolean | null {
  if (!systemd) return false;
  const kills = setting('KillUserProcesses')?.toLowerCase();
  const only = words('KillOnlyUsers');
  const spared = setting('KillExcludeUsers') === undefined ? ['root'] : words('KillExcludeUsers');
  if (only.length > 0) return only.includes(user) && !spared.includes(user);
  if (spared.includes(user)) return false;
  if (kills === undefined) return null;
  return ['yes', 'true', '1', 'on'].includes(kills);

  function setting(name: string): string | undefined {
    const place = ['KillUserProcesses', 'KillOnlyUsers', 'KillExcludeUsers'].indexOf(name);
    const property = /^(?:b|as \d+)\s*(.*)$/.exec(properties[place] ?? '')?.[1];
    const written = settings.findLast((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
    return (property ?? written)?.replaceAll('"', '').trim();
  }

  function words(name: string): string[] {
    return (setting(name) ?? '').split(/[\s,]+/).filter(Boolean);
  }
}
