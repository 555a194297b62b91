import { describe, expect, test, vi } from 'vitest';
import { CommandRegistry, defineCommands } from '../../../renderer/app/commands/index.ts';
import { matchesStroke, parseStrokes, printShortcut } from '../../../renderer/ui/index.ts';

const specs = defineCommands('Screen', {
  done: { title: 'Done', keys: ['x', 'Space'] },
  back: { title: 'Roll back…', keys: ['Shift+B'], danger: true },
  palette: { title: 'Find', keys: ['Mod+k'] },
  launch: { title: 'Go to Launch', keys: ['g l'] },
  search: { title: 'Search', keys: ['/'] },
});

const key = (text: string, held: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {}) => ({
  key: text,
  ctrlKey: held.ctrl ?? false,
  metaKey: false,
  altKey: held.alt ?? false,
  shiftKey: held.shift ?? false,
});

function registryWith(names: (keyof typeof specs)[]) {
  const refused = vi.fn();
  const registry = new CommandRegistry(Object.values(specs), refused);
  const ran: string[] = [];
  for (const name of names) registry.bind(specs[name].id, Symbol(), { run: () => ran.push(name) });
  return { registry, ran, refused };
}

describe('a key press', () => {
  test('does the command it is printed on, and only while a screen lends it', () => {
    const { registry, ran } = registryWith(['done']);
    expect(registry.press(key('x'), 0)).toBe(true);
    expect(registry.press(key(' '), 0)).toBe(true);
    expect(registry.press(key('/'), 0)).toBe(false);
    expect(ran).toEqual(['done', 'done']);
  });

  test('with Shift, Control or Alt is another one', () => {
    const { registry, ran } = registryWith(['done', 'back', 'palette']);
    expect(registry.press(key('b'), 0)).toBe(false);
    expect(registry.press(key('k'), 0)).toBe(false);
    expect(registry.press(key('x', { alt: true }), 0)).toBe(false);
    expect(registry.press(key('B', { shift: true }), 0)).toBe(true);
    expect(registry.press(key('k', { ctrl: true }), 0)).toBe(true);
    expect(ran).toEqual(['back', 'palette']);
  });

  test('of a sign works wherever the layout has put it', () => {
    const { registry, ran } = registryWith(['search']);
    expect(registry.press(key('/', { shift: true }), 0)).toBe(true);
    expect(ran).toEqual(['search']);
  });

  test('begins a sequence that the next key in time ends', () => {
    const { registry, ran } = registryWith(['launch', 'done']);
    expect(registry.press(key('g'), 0)).toBe(true);
    expect(registry.press(key('l'), 900)).toBe(true);
    expect(registry.press(key('g'), 2000)).toBe(true);
    expect(registry.press(key('l'), 4000)).toBe(false);
    expect(registry.press(key('g'), 5000)).toBe(true);
    expect(registry.press(key('q'), 5100)).toBe(false);
    expect(ran).toEqual(['launch']);
  });

  test('that is held down does its command once, unless the command changes nothing', () => {
    const list = defineCommands('List', { next: { title: 'Next', keys: ['j'], repeats: true } });
    const registry = new CommandRegistry([...Object.values(specs), ...Object.values(list)], () => undefined);
    const ran: string[] = [];
    registry.bind(specs.done.id, Symbol(), { run: () => ran.push('done') });
    registry.bind(list.next.id, Symbol(), { run: () => ran.push('next') });
    for (const repeat of [false, true, true]) {
      expect(registry.press({ ...key('x'), repeat }, 0)).toBe(true);
      expect(registry.press({ ...key('j'), repeat }, 0)).toBe(true);
    }
    expect(ran).toEqual(['done', 'next', 'next', 'next']);
  });

  test('of a command that cannot be done now says why and does nothing', () => {
    const { registry, refused } = registryWith([]);
    const run = vi.fn();
    registry.bind(specs.done.id, Symbol(), { run, why: 'Nothing is selected.' });
    expect(registry.press(key('x'), 0)).toBe(true);
    expect(run).not.toHaveBeenCalled();
    expect(refused).toHaveBeenCalledWith('Nothing is selected.');
  });
});

test('a screen that goes over the frame has the command until it leaves', () => {
  const registry = new CommandRegistry(Object.values(specs), () => undefined);
  const [frame, screen] = [Symbol('frame'), Symbol('screen')];
  const ran: string[] = [];
  const lend = (owner: symbol, name: string, over: boolean) =>
    registry.bind(specs.back.id, owner, { run: () => ran.push(name) }, over);
  lend(screen, 'screen', true);
  lend(frame, 'frame', false);
  registry.press(key('B', { shift: true }), 0);
  lend(frame, 'frame, drawn again', false);
  registry.press(key('B', { shift: true }), 0);
  registry.bind(specs.back.id, screen, null);
  registry.press(key('B', { shift: true }), 0);
  expect(ran).toEqual(['screen', 'screen', 'frame, drawn again']);
});

test('two commands with one id are a mistake that shows at once', () => {
  expect(() => new CommandRegistry([specs.done, specs.done], () => undefined)).toThrow('declared twice');
});

test('shortcuts are printed as the keyboard in use has them', () => {
  expect(printShortcut('Mod+k', true)).toBe('⌘K');
  expect(printShortcut('Mod+k', false)).toBe('Ctrl K');
  expect(printShortcut('Shift+B', false)).toBe('⇧B');
  expect(printShortcut('g l', false)).toBe('G L');
  expect(printShortcut('Enter', false)).toBe('↵');
  const [stroke] = parseStrokes('Mod+k');
  expect(stroke && matchesStroke(stroke, { ...key('k'), metaKey: true })).toBe(true);
});
