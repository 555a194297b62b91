/** Whether keys are printed as on a Mac. */
export const isMac = /Mac/.test(globalThis.navigator?.userAgent ?? '');
