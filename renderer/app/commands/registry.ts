import { matchesStroke, parseStrokes, type Stroke } from '../../ui/index.ts';
import type { Binding, BoundCommand, CommandSpec } from './command.ts';

type KeyPress = Parameters<typeof matchesStroke>[1] & { repeat?: boolean };

/** A second stroke must follow the first within this time. */
const sequenceMs = 1500;

interface Lent {
  owner: symbol;
  binding: Binding;
  over: boolean;
}

/**
 * All commands of the window, and which of them can be done now. Where several bind the same one, a screen that says
 * so has it before the frame.
 */
export class CommandRegistry {
  readonly specs: readonly CommandSpec[];
  readonly #bindings = new Map<string, Lent[]>();
  readonly #strokes: Map<CommandSpec, Stroke[][]>;
  readonly #refused: (why: string) => void;
  #pending: { at: number; commands: { command: BoundCommand; rest: Stroke[] }[] } | null = null;

  /** `refused` hears why a command that was asked for cannot be done. */
  constructor(specs: readonly CommandSpec[], refused: (why: string) => void) {
    const ids = new Set<string>();
    for (const { id } of specs) {
      if (ids.has(id)) throw new Error(`the command ${id} is declared twice`);
      ids.add(id);
    }
    this.specs = specs;
    this.#refused = refused;
    this.#strokes = new Map(specs.map((spec) => [spec, spec.keys.map(parseStrokes)]));
  }

  /** Lends or changes a binding; `null` takes it back. One that is `over` goes before the others. */
  bind(id: string, owner: symbol, binding: Binding | null, over = false): void {
    const lent = (this.#bindings.get(id) ?? []).filter((one) => one.owner !== owner);
    if (binding) over ? lent.push({ owner, binding, over }) : lent.unshift({ owner, binding, over });
    this.#bindings.set(id, lent);
  }

  /** The commands that can be asked for now, in the order they were declared. */
  bound(): BoundCommand[] {
    return this.specs.flatMap((spec) => {
      const binding = this.#bindings.get(spec.id)?.at(-1)?.binding;
      return binding ? [{ spec, ...binding }] : [];
    });
  }

  perform({ run, why }: Binding): void {
    if (why) this.#refused(why);
    else run();
  }

  /** Gives a key press to the command it belongs to. True where it was one, or may become one with the next key. */
  press(event: KeyPress, at: number): boolean {
    const pending = this.#pending && at - this.#pending.at < sequenceMs ? this.#pending : null;
    this.#pending = null;
    const candidates =
      pending?.commands ??
      this.bound().flatMap((command) =>
        (this.#strokes.get(command.spec) ?? []).map((rest) => ({ command, rest })),
      );
    const matching = candidates.flatMap(({ command, rest: [next, ...rest] }) =>
      next && matchesStroke(next, event) ? [{ command, rest }] : [],
    );
    const done = matching.find(({ rest }) => rest.length === 0);
    if (done) {
      // A finger that rests on a key must not mark ten items.
      if (!event.repeat || done.command.spec.repeats) this.perform(done.command);
      return true;
    }
    if (matching.length === 0) return false;
    this.#pending = { at, commands: matching };
    return true;
  }
}
