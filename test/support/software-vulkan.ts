import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './folder.ts';

const folders = ['/usr/lib/chromium', '/opt/google/chrome'];
const description = 'vk_swiftshader_icd.json';
const driver = 'libvk_swiftshader.so';

/** The environment of a process that has a graphics adapter in software; the test run sees to it that it is there. */
export function softwareVulkan(): { LD_LIBRARY_PATH: string; VK_ICD_FILENAMES: string } {
  const folder = folders.find((one) => existsSync(join(one, description)));
  if (!folder) throw new Error(`No ${description}; on Debian: apt-get install chromium`);
  return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: join(folder, description) };
}

/** The same with a driver that was cut off on its way here: it ends the process that loads it. */
export function brokenVulkan(): ReturnType<typeof softwareVulkan> {
  const whole = softwareVulkan();
  const bytes = readFileSync(join(whole.LD_LIBRARY_PATH, driver));
  const folder = temporaryFolder();
  writeFileSync(join(folder, driver), bytes.subarray(0, Math.floor(bytes.length * 0.75)));
  writeFileSync(join(folder, description), readFileSync(whole.VK_ICD_FILENAMES));
  return { ...whole, VK_ICD_FILENAMES: join(folder, description) };
}
