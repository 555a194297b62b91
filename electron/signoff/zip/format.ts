/** Numbers of PKWARE's APPNOTE 6.3, as far as a bundle needs them. */
export const localHeader = { signature: 0x04034b50, bytes: 30 };
export const centralHeader = { signature: 0x02014b50, bytes: 46 };
export const endRecord = { signature: 0x06054b50, bytes: 22 };
export const method = { stored: 0, deflated: 8 };
/** Names are UTF-8. */
export const utf8Flag = 0x0800;
export const encryptedFlag = 0x0001;
/** With more files than this, or more bytes, the end record says that the 64-bit records before it tell. */
export const mostIn16Bits = 0xffff - 1;
export const mostIn32Bits = 0xffffffff - 1;
export const endRecord64 = { signature: 0x06064b50, bytes: 56 };
export const locator64 = { signature: 0x07064b50, bytes: 20 };
/** The extra field in which a file's sizes and place stand that do not fit into 32 bits. */
export const extraField64 = 0x0001;
