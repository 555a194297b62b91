/** A piece of text, and whether it is what was searched for. */
export interface Piece {
  text: string;
  found: boolean;
}

/** Cuts a text at every place where the search words stand, whatever their case. */
export function cutAtMatches(text: string, search: string): Piece[] {
  if (!search) return [{ text, found: false }];
  const [where, what] = [text.toLowerCase(), search.toLowerCase()];
  // Lower case can change the length of some letters; then places in `where` are none in `text`.
  if (where.length !== text.length) return [{ text, found: false }];
  const pieces: Piece[] = [];
  let done = 0;
  for (let at = where.indexOf(what); at !== -1; at = where.indexOf(what, done)) {
    if (at > done) pieces.push({ text: text.slice(done, at), found: false });
    done = at + what.length;
    pieces.push({ text: text.slice(at, done), found: true });
  }
  if (done < text.length) pieces.push({ text: text.slice(done), found: false });
  return pieces;
}
