import { randomBytes } from 'node:crypto';

/** A message id as phones make them. */
export const createMessageId = (): string => `3A${randomBytes(9).toString('hex').toUpperCase()}`;
