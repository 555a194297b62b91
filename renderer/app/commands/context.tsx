import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { Button, type ButtonProps } from '../../ui/index.ts';
import { LaunchContext } from '../launch.ts';
import { useNotify } from '../notices.tsx';
import type { Binding, BoundCommand, CommandSpec } from './command.ts';
import { CommandRegistry } from './registry.ts';

const onCopy = 'This is a copy to review. Mark and sign it on the Review screen, and send that back.';

const RegistryContext = createContext<CommandRegistry | null>(null);

export function useRegistry(): CommandRegistry {
  const registry = useContext(RegistryContext);
  if (!registry) throw new Error('useRegistry needs a CommandProvider above it');
  return registry;
}

/** Holds the registry and gives it every key that no field, menu or dialog wants for itself. */
export function CommandProvider({ specs, children }: { specs: readonly CommandSpec[]; children: ReactNode }) {
  const notify = useNotify();
  const registry = useMemo(
    () => new CommandRegistry(specs, (why) => notify({ title: why, text: '', tone: 'calm' })),
    [specs, notify],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isTakenElsewhere(event)) return;
      if (registry.press(event, event.timeStamp)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

function isTakenElsewhere(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role=dialog], [role=alertdialog], .popover')) return true;
  if (event.ctrlKey || event.metaKey) return false;
  if (target.closest('input, textarea, select, [contenteditable]')) return true;
  // Enter and Space press the button that has the focus.
  return (event.key === 'Enter' || event.key === ' ') && target.closest('button, a, summary') !== null;
}

/**
 * Lends the commands of a screen what they do, for as long as it is mounted. Gives them bound, for its buttons. With
 * `over` it takes commands of the frame while it is there.
 */
export function useCommands<Name extends string>(
  specs: Record<Name, CommandSpec>,
  given: { [Key in Name]?: Binding | null },
  { over = false } = {},
): { [Key in Name]?: BoundCommand } {
  const registry = useRegistry();
  const isCopy = Boolean(useContext(LaunchContext)?.copy);
  const bindings = { ...given };
  for (const name of Object.keys(specs) as Name[]) {
    const binding = given[name];
    if (isCopy && binding && specs[name].ownOnly) bindings[name] = { ...binding, why: onCopy };
  }
  const owner = useRef(Symbol('commands')).current;
  useLayoutEffect(() => {
    for (const name of Object.keys(specs) as Name[]) {
      registry.bind(specs[name].id, owner, bindings[name] ?? null, over);
    }
  });
  useLayoutEffect(
    () => () => {
      for (const name of Object.keys(specs) as Name[]) registry.bind(specs[name].id, owner, null);
    },
    [registry, owner, specs],
  );
  const bound: { [Key in Name]?: BoundCommand } = {};
  for (const name of Object.keys(specs) as Name[]) {
    const binding = bindings[name];
    if (binding) bound[name] = { spec: specs[name], ...binding };
  }
  return bound;
}

/** The button of a command: its words and its key come from the registry. Nothing where it does not apply. */
export function CommandButton({
  command,
  children,
  ...rest
}: { command: BoundCommand | undefined; children?: ReactNode } & Pick<
  ButtonProps,
  'tone' | 'busy' | 'wide'
>) {
  const registry = useRegistry();
  if (!command) return null;
  const { spec, why } = command;
  return (
    <Button
      tone={spec.danger ? 'danger' : 'plain'}
      keys={spec.keys[0]}
      why={why}
      onPress={() => registry.perform(command)}
      onRefused={() => registry.perform(command)}
      {...rest}
    >
      {children ?? spec.title}
    </Button>
  );
}
