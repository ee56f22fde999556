export { acquireOwnership, type Ownership } from './acquireOwnership';
export { createAdminKey, readAdminKey } from './adminKey';
export { DataFolderOwnedError } from './DataFolderOwnedError';
export { DataFolderUnusableError } from './DataFolderUnusableError';
export { followParent } from './followParent';
export { NetworkFolderError } from './NetworkFolderError';
export { publishEndpoint, readPublishedEndpoint, withdrawEndpoint } from './publishEndpoint';
