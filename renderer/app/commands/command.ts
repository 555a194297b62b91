/** What can be done, apart from who does it: the same line feeds buttons, menus, shortcuts, palette and Settings. */
export interface CommandSpec {
  /** `checklist.done` */
  id: string;
  /** In the imperative: `Mark as done`. */
  title: string;
  /** Where it belongs: `Checklist`. */
  group: string;
  /** Shortcuts, as `ui/keys.ts` reads them. The first one is printed. */
  keys: readonly string[];
  danger: boolean;
  /** A key that is held down does it again and again. Only for what changes nothing. */
  repeats: boolean;
  /** Changes, measures or runs something: not to be done to a copy that came in a review file. */
  ownOnly: boolean;
}

type Draft = {
  title: string;
  keys?: readonly string[];
  danger?: boolean;
  repeats?: boolean;
  ownOnly?: boolean;
};

/** Declares the commands of a screen. */
export function defineCommands<Name extends string>(
  group: string,
  commands: Record<Name, Draft>,
): Record<Name, CommandSpec> {
  const scope = group.toLowerCase().replaceAll(' ', '-');
  const entries = Object.entries<Draft>(commands).map(
    ([name, { title, keys = [], danger = false, repeats = false, ownOnly = false }]) => [
      name,
      { id: `${scope}.${name}`, title, group, keys, danger, repeats, ownOnly },
    ],
  );
  return Object.fromEntries(entries) as Record<Name, CommandSpec>;
}

/** What a mounted screen lends a command: how to do it, and why not now. */
export interface Binding {
  run: () => void;
  /** Why it cannot be done now, in a sentence. */
  why?: string | null;
}

/** A command that can be pressed. */
export interface BoundCommand extends Binding {
  spec: CommandSpec;
}
