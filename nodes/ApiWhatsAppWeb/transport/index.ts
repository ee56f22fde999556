export { ApiClient } from './ApiClient';
export { ApiFailure, toRefusal } from './ApiFailure';
export type { Connection, ConnectionKind } from './Connection';
export { openClient } from './openClient';
export { readCredential } from './readCredential';
export { connectAsAdmin, resolveConnection } from './resolveConnection';
export { createSender, createTestSender } from './sendRequest';
export { toNodeError } from './toNodeError';
