export { acquireOwnership, type Ownership } from './acquireOwnership';
export { createAdminKey, readAdminKey } from './adminKey';
export { assertNotServed } from './assertNotServed';
export { DataFolderOwnedError } from './DataFolderOwnedError';
export { DataFolderUnusableError } from './DataFolderUnusableError';
export { followParent } from './followParent';
export { NetworkFolderError } from './NetworkFolderError';
export { OwnershipWatch } from './OwnershipWatch';
export { publishEndpoint, readPublishedEndpoint, withdrawEndpoint } from './publishEndpoint';
