import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Programs the tests run against, and the Debian packages that bring them. */
const parts = [
  { program: 'sshd', paths: ['/usr/sbin/sshd', '/usr/local/sbin/sshd'], debian: 'openssh-server' },
  { program: 'ssh', paths: ['/usr/bin/ssh', '/usr/local/bin/ssh'], debian: 'openssh-client' },
  {
    program: 'chromium',
    paths: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    debian: 'chromium',
  },
  {
    // A graphics adapter in software, for what runs on WebGPU: Debian's Chromium brings driver and loader.
    program: 'SwiftShader',
    paths: ['/usr/lib/chromium/vk_swiftshader_icd.json', '/opt/google/chrome/vk_swiftshader_icd.json'],
    debian: 'chromium',
  },
  { program: 'busybox', paths: ['/usr/bin/busybox', '/bin/busybox'], debian: 'busybox' },
  { program: 'mksh', paths: ['/usr/bin/mksh', '/bin/mksh'], debian: 'mksh' },
  { program: 'python3', paths: ['/usr/bin/python3'], debian: 'python3' },
  { program: 'numpy', paths: ['/usr/lib/python3/dist-packages/numpy'], debian: 'python3-numpy' },
  { program: 'wget', paths: ['/usr/bin/wget'], debian: 'wget' },
  { program: 'openssl', paths: ['/usr/bin/openssl'], debian: 'openssl' },
  {
    program: 'pdftotext',
    paths: ['/usr/bin/pdftotext', '/usr/local/bin/pdftotext'],
    debian: 'poppler-utils',
  },
  { program: 'ps', paths: ['/usr/bin/ps', '/bin/ps'], debian: 'procps' },
  { program: 'munged', paths: ['/usr/sbin/munged'], debian: 'munge' },
  { program: 'slurmctld', paths: ['/usr/sbin/slurmctld'], debian: 'slurmctld' },
  { program: 'slurmd', paths: ['/usr/sbin/slurmd'], debian: 'slurmd' },
  { program: 'sbatch', paths: ['/usr/bin/sbatch'], debian: 'slurm-client' },
  { program: 'curl', paths: ['/usr/bin/curl', '/usr/local/bin/curl'], debian: 'curl' },
];

/** Installs what is missing with apt where this process may, else says the one line that does, and ends. */
export async function ensureSystemParts(): Promise<void> {
  const missing = parts.filter(({ paths }) => !paths.some((path) => existsSync(path)));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(({ debian }) => debian))];
  const line = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const mayInstall =
    process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (mayInstall) {
    console.error(`Installing what the tests need: ${packages.join(', ')} …`);
    const { status } = spawnSync('sh', ['-c', line], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status === 0) return;
  }
  console.error(
    `The tests need ${missing.map(({ program }) => program).join(', ')}. Install them with:\n  sudo sh -c '${line}'`,
  );
  process.exit(1);
}
