import type { BinaryNode } from '@whiskeysockets/baileys';

/** Whether an iq is the client's keep-alive. */
export const isPing = (node: BinaryNode): boolean => node.attrs.xmlns === 'w:p';
