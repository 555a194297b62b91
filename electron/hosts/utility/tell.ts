/** For a wish whose answer nobody waits for: what goes wrong is said where such things are said. */
export function tell(wish: Promise<unknown>): void {
  wish.catch((error: Error) => console.error(error.message));
}
