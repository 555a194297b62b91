/** What the isolated world of a page and the stand-in say to each other, as JSON through one binding. */
export type FromPage =
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'port'; port: number; data: Packed }
  | { kind: 'port-closed'; port: number };

/** What a port carries: text, or bytes as base64. */
export type Packed = { text: string } | { base64: string };

export const bindingName = '__standIn';
export const worldName = 'Electron Isolated Context';

export function pack(data: unknown): Packed {
  if (typeof data === 'string') return { text: data };
  return { base64: Buffer.from(data as Uint8Array).toString('base64') };
}

export function unpack(packed: Packed): string | Buffer {
  return 'text' in packed ? packed.text : Buffer.from(packed.base64, 'base64');
}

/** The source that runs in every new document before its own scripts: `electron` for a preload script, and the script. */
export function preloadSource(preload: string): string {
  return `(() => {
    if (window !== window.top) return;
    const standIn = (${installStandIn.toString()})(globalThis.${bindingName});
    globalThis.__fromStandIn = standIn.receive;
    const require = (name) => {
      if (name !== 'electron') throw new Error('A sandboxed preload script cannot require ' + name);
      return { ipcRenderer: standIn.ipcRenderer };
    };
    ((require, module, exports) => {${preload}\n})(require, { exports: {} }, {});
  })();`;
}

/** Runs in the page; uses nothing from outside but the binding. */
function installStandIn(binding: (message: string) => void) {
  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  const ports = new Map<number, MessagePort>();
  const tell = (message: FromPage) => binding(JSON.stringify(message));
  const packInPage = (data: string | ArrayBuffer): Packed => {
    if (typeof data === 'string') return { text: data };
    const bytes = new Uint8Array(data);
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return { base64: btoa(binary) };
  };
  const unpackInPage = (packed: Packed) =>
    'text' in packed ? packed.text : Uint8Array.from(atob(packed.base64), (c) => c.charCodeAt(0));

  const newPort = (port: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(port, port1);
    port1.onmessage = ({ data }) => tell({ kind: 'port', port, data: packInPage(data) });
    return port2;
  };
  return {
    ipcRenderer: {
      send: (channel: string, ...args: unknown[]) => tell({ kind: 'send', channel, args }),
      on(channel: string, listener: (event: object, ...args: unknown[]) => void) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
    },
    receive: {
      message(channel: string, args: unknown[], portIds: number[]) {
        const event = { ports: portIds.map(newPort) };
        for (const listener of listeners.get(channel) ?? []) listener(event, ...args);
      },
      port: (port: number, data: Packed) => ports.get(port)?.postMessage(unpackInPage(data)),
      // The page's end hears nothing of this: Chromium has no such event, and Electron's is not to be relied on.
      closePort(port: number) {
        ports.get(port)?.close();
        ports.delete(port);
      },
    },
  };
}
