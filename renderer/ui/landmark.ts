import { useState } from 'react';

/**
 * The dialog or main part around a field: what floats beside the field is put in there, so that it lies within the part of
 * the screen that a screen reader calls it a part of. Give `ref` to the field.
 */
export function useLandmark(): { ref: (field: Element | null) => void; landmark: Element | undefined } {
  const [field, ref] = useState<Element | null>(null);
  return { ref, landmark: field?.closest('[role=dialog], [role=alertdialog], main') ?? undefined };
}
