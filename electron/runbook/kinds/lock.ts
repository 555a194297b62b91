import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { type CompileContext, kindOf, ownScript, type Script } from './kind.ts';

const schema = z.strictObject({
  lock: z.strictObject({
    wait: z
      .union([z.literal(0), fields.duration()])
      .default(0)
      .meta({
        description: 'How long to wait for another run to give the lock back; 0 gives up at once.',
        default: 0,
      }),
  }),
});
type Spec = z.infer<typeof schema>;

/**
 * The lock is a symbolic link whose target is its owner in words: made in one atomic call, it can never be there
 * without saying whose it is.
 */
const take = `
mkdir -p "$HOME/.holdpoint/locks"
lock=$HOME/.holdpoint/locks/$HP_LOCK
mine="run $HP_RUN, $HP_BY"
waited=0
while ! ln -s -- "$mine" "$lock" 2>/dev/null; do
  owner=$(readlink -- "$lock" || true)
  case $owner in
    "run $HP_RUN,"*) echo "already held by this run"; exit 0 ;;
    "run $HP_TAKES_OVER,"*)
      ln -s -- "$mine" "$lock.$HP_RUN" && mv -f -- "$lock.$HP_RUN" "$lock"
      echo "taken over from run $HP_TAKES_OVER, which this run rolls back"
      exit 0 ;;
  esac
  if [ "$waited" -ge "$HP_WAIT_SECONDS" ]; then
    echo "locked by $owner"
    echo "If that run is over, remove the lock with: rm $lock"
    exit 1
  fi
  sleep 1
  waited=$((waited + 1))
done
echo "$mine"
`;

const giveBack = `
lock=$HOME/.holdpoint/locks/$HP_LOCK
case $(readlink -- "$lock" || true) in
  "run $HP_RUN,"* | "run $HP_TAKES_OVER,"*) rm -f -- "$lock"; echo "lock given back" ;;
  '') echo "there is no lock" ;;
  *) echo "the lock belongs to another run: $(readlink -- "$lock")" ;;
esac
`;

export const lock = kindOf<Spec>({
  kind: 'lock',
  style: 'script',
  where: 'hosts',
  serves: false,
  about: 'Takes the lock of the system on each host, so that no second run works there at the same time.',
  schema,
  timeoutMs: 3_600_000,
  title: () => 'Take the lock',
  compile: ({ lock: { wait } }, context) =>
    ownScript(take, {
      ...lockEnvironment(context),
      HP_BY: context.by,
      HP_WAIT_SECONDS: String(Math.ceil(wait / 1000)),
    }),
  undo: (_spec, context) => unlockScript(context),
  undoText: () => 'gives the lock back',
});

/** Gives back a lock that this run, or the run it rolls back, holds; leaves any other alone. */
export function unlockScript(context: CompileContext): Script {
  return ownScript(giveBack, lockEnvironment(context));
}

/** File name of a system's lock on its hosts. */
export function lockName(system: string): string {
  return system.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function lockEnvironment({ run, takesOverFrom, values }: CompileContext): Record<string, string> {
  return {
    HP_LOCK: lockName(values.known.system ?? ''),
    HP_RUN: run,
    // A name no run has, where nothing is taken over.
    HP_TAKES_OVER: takesOverFrom || '-',
  };
}
