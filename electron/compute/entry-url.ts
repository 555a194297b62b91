/**
 * Where a program of its own lies: beside the file that starts it in a clone, beside the other entries in a build, whose
 * shared parts lie in `chunks/`. `here` is the `import.meta.url` of who starts it.
 */
export function entryUrl(here: string, source: string, built: string): URL {
  if (here.endsWith('.ts')) return new URL(source, here);
  return new URL(/\/chunks\/[^/]*$/.test(here) ? `../${built}` : `./${built}`, here);
}
