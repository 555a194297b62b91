import './starting.css';
import { Button } from '../ui/index.ts';

/** Before the first connection: what the window waits for, or why it waits in vain. */
export function Starting({ why, tryAgain }: { why: string; tryAgain: () => void }) {
  return (
    <main className="starting" aria-label="Holdpoint is starting">
      <h1>Holdpoint</h1>
      {why ? (
        <>
          <p role="alert" className="break">
            The service does not answer. {why}
          </p>
          <Button onPress={tryAgain}>Try again now</Button>
        </>
      ) : (
        <p className="soft">Waiting for the service.</p>
      )}
    </main>
  );
}
