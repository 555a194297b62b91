import { inTurns } from '../signoff/index.ts';
import { addingSums } from './bundle-files.ts';

/** Prints a page. Of a host, this is its `pdf`. */
export interface Printer {
  print(html: string): Promise<Uint8Array>;
}

/** Adds to a bundle the PDF of its report, or to the audit of a period that of its index. @throws Error of the printer */
export async function withPdf(
  files: ReadonlyMap<string, Buffer>,
  printer: Printer,
): Promise<Map<string, Buffer>> {
  const whole = new Map(files);
  for (const name of ['report', 'index']) {
    const html = files.get(`${name}.html`);
    if (html) whole.set(`${name}.pdf`, Buffer.from(await printer.print(html.toString('utf8'))));
  }
  return inTurns(addingSums(whole));
}
