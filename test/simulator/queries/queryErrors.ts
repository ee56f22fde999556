import type { QueryError } from './QueryTable';

/** There is no such group, or nothing of what was asked. */
export const NOT_FOUND: QueryError = { code: 404, text: 'item-not-found' };
/** The owner is not in the group, or may not do that in it. */
export const FORBIDDEN: QueryError = { code: 403, text: 'forbidden' };
/** Only admins get an invite code, and not everyone may see a picture. */
export const NOT_ADMIN: QueryError = { code: 401, text: 'not-authorized' };
/** The invite code was revoked. */
export const GONE: QueryError = { code: 410, text: 'gone' };
/** The invite code was never valid. */
export const INVALID: QueryError = { code: 406, text: 'not-acceptable' };
/** The request is malformed. */
export const BAD_REQUEST: QueryError = { code: 400, text: 'bad-request' };
