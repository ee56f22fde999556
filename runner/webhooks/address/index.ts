export { AddressGuard, type AddressGuardOptions } from './AddressGuard';
export { AddressRefusedError } from './AddressRefusedError';
