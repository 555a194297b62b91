/** Numbers of PKWARE's APPNOTE 6.3, as far as a bundle needs them. */
export const localHeader = { signature: 0x04034b50, bytes: 30 };
export const centralHeader = { signature: 0x02014b50, bytes: 46 };
export const endRecord = { signature: 0x06054b50, bytes: 22 };
export const method = { stored: 0, deflated: 8 };
/** Names are UTF-8. */
export const utf8Flag = 0x0800;
export const encryptedFlag = 0x0001;
/** Without the 64-bit extension. */
export const mostFiles = 0xffff - 1;
