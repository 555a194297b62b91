import { pythonQuestion } from './python.ts';

/** Programs that steps and checks use; the facts say where each is. */
export const toolNames = [
  'sh',
  'tar',
  'gzip',
  'curl',
  'wget',
  'sha256sum',
  'shasum',
  'openssl',
  'setsid',
  'nohup',
  'timeout',
  'systemctl',
  'systemd-run',
  'flock',
  'mktemp',
  'git',
  'rsync',
  'docker',
  'pg_dump',
  'psql',
  'python3',
  'nvidia-smi',
  'rocm-smi',
];

/** What `sysctl` knows on systems without /proc. */
const sysctls = [
  'hw.model',
  'hw.ncpu',
  'hw.memsize',
  'hw.physmem',
  'hw.pagesize',
  'machdep.cpu.brand_string',
  'vm.stats.vm.v_free_count',
  'vm.stats.vm.v_inactive_count',
  'kern.bootsessionuuid',
  'kern.boottime',
];

/**
 * A POSIX shell program that prints what a machine is, one fact per line: `@@ key value`, from `@@ probe 1` to
 * `@@ end`. Facts are printed as the machine gives them; `parseProbe` makes sense of them. It reads only, needs no
 * tool in particular, and bounds everything that can hang: a dead network mount, a GPU driver, an import. Those run
 * beside each other, so that the whole takes as long as the slowest. The clock is read first and last, so that the time
 * in between does not count against the measured skew.
 */
export function probeProgram(): string {
  return program;
}

const program = `
newline='
'
say() {
  case $2 in *"$newline"*) set -- "$1" "$(printf '%s' "$2" | tr '\\n\\r' '  ')" ;; esac
  printf '@@ %s %s\\n' "$1" "$2"
}
has() { command -v "$1" >/dev/null; }
each() { while IFS= read -r line; do say "$1" "$line"; done; }

bounded() {
  limit=$1
  shift
  if timeout 1 true; then
    timeout -s KILL "$limit" "$@"
    return
  fi
  "$@" &
  job=$!
  # Looks every second, so that it does not outlive what it guards.
  (
    while kill -0 "$job" && [ "$limit" -gt 0 ]; do
      sleep 1
      limit=$((limit - 1))
    done
    [ "$limit" -gt 0 ] || kill -9 "$job"
  ) >/dev/null &
  wait "$job"
}

disks() { bounded 10 df -Pk | each df; }

gpus() {
  if has nvidia-smi; then
    list=$(bounded 12 nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader,nounits)
    code=$?
    if [ "$code" -ne 0 ]; then
      say nvidia-failed "exit $code $list"
      return
    fi
    say cuda "$(bounded 12 nvidia-smi | sed -n 's/.*CUDA[A-Za-z ]*Version: *\\([0-9][0-9.]*\\).*/\\1/p' | sed 1q)"
    printf '%s\\n' "$list" | each nvidia
    say nvidia-end ''
  elif has rocm-smi; then
    say amdgpu "$(cat /sys/module/amdgpu/version)"
    bounded 20 rocm-smi --showproductname --showmeminfo vram --csv | each rocm
    say rocm-end ''
  fi
}

python() {
  path=$(command -v python3) || return
  # The python3 that macOS comes with opens a dialog unless the developer tools are there.
  case $(uname -s):$path in Darwin:/usr/bin/python3) xcode-select -p >/dev/null || return ;; esac
  bounded 20 python3 -c '${pythonQuestion}' cuda
}

logind() {
  [ -d /run/systemd/system ] || return
  say systemd running
  bounded 5 busctl get-property org.freedesktop.login1 /org/freedesktop/login1 \\
    org.freedesktop.login1.Manager KillUserProcesses KillOnlyUsers KillExcludeUsers | each logind
  cat /usr/lib/systemd/logind.conf /etc/systemd/logind.conf \\
    /usr/lib/systemd/logind.conf.d/*.conf /run/systemd/logind.conf.d/*.conf /etc/systemd/logind.conf.d/*.conf |
    grep -E '^Kill(UserProcesses|OnlyUsers|ExcludeUsers)=' | each logind-conf
}

probe() {
  say probe 1
  say clock "$(date +%s%N)"
  LC_ALL=C
  export LC_ALL
  say hostname "$(uname -n)"
  say system "$(uname -s)"
  say release "$(uname -r)"
  say arch "$(uname -m)"
  say user "$(id -un)"
  say home "$HOME"
  for tool in ${toolNames.join(' ')}; do say tool "$tool $(command -v "$tool")"; done
  PATH=$PATH:/usr/local/bin:/usr/local/sbin:/usr/sbin:/sbin:/opt/rocm/bin:/usr/lib/wsl/lib:/usr/local/cuda/bin
  export PATH
  disks &
  gpus &
  python &
  logind &

  say os-release "$(sed -n 's/^PRETTY_NAME=//p' /etc/os-release)"
  has sw_vers && say sw_vers "$(sw_vers -productName) $(sw_vers -productVersion)"
  say vendor "$(cat /sys/class/dmi/id/sys_vendor || kenv -q smbios.system.maker)"
  say product "$(cat /sys/class/dmi/id/product_name || kenv -q smbios.system.product || tr -d '\\0' </proc/device-tree/model)"
  say cpu "$(sed -n 's/^model name[[:space:]]*: *//p' /proc/cpuinfo | sed 1q)"
  has lscpu && say lscpu "$(lscpu | sed -n 's/^Model name: *//p' | sed 1q)"
  say cores "$(getconf _NPROCESSORS_ONLN || nproc || grep -c ^processor /proc/cpuinfo)"
  grep -E '^Mem(Total|Available|Free):' /proc/meminfo | each meminfo
  has vm_stat && vm_stat | each vm_stat
  say boot-id "$(cat /proc/sys/kernel/random/boot_id)"
  say uptime "$(cat /proc/uptime)"
  [ -e /proc/meminfo ] ||
    for name in ${sysctls.join(' ')}; do say "$name" "$(sysctl -n "$name")"; done
  wait
  say clock "$(date +%s%N)"
  say end ''
}
probe 2>/dev/null </dev/null
`.trimStart();
