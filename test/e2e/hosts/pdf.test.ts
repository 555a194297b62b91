import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, launchApp } from '../../support/app.ts';
import { fixtureDist } from './fixture/build.ts';

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>@page { size: A5 }</style></head>
<body><h1>Apex 1.0.0: NO-GO</h1><p id="told">as it was written</p>
<script>document.getElementById('told').textContent = 'as a script has it'</script></body></html>`;

describe.each(['loopback', 'electron'] as const)('the %s host', (host) => {
  let app: App;
  beforeAll(async () => {
    app = await launchApp({ host, dist: fixtureDist });
    await app.page.evaluate(() => connected);
  });
  afterAll(() => app.close());

  it('prints a report as a PDF whose text is the report, and the window stays as it was', async () => {
    const before = app.page.url();
    const base64 = await app.page.evaluate((html) => fixture.client.printPdf(html), page);
    const pdf = Buffer.from(base64, 'base64');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const { stdout } = spawnSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8' });
    expect(stdout).toContain('Apex 1.0.0: NO-GO');
    expect(stdout).toContain('as it was written');
    expect(app.page.url()).toBe(before);
    expect(await app.page.evaluate(() => fixture.client.add({ a: 1, b: 2 }))).toBe(3);
  });
});
