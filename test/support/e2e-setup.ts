import { buildIfStale } from '../../scripts/support/build.ts';
import { buildFixture } from '../e2e/hosts/fixture/build.ts';

/** Once before all end-to-end tests: the app as it is shipped, and the hosts around a fixture. */
export default async function setup(): Promise<void> {
  await buildIfStale();
  await buildFixture();
}
