export { AddressGuard, type AddressGuardOptions } from './AddressGuard';
export type { AddressRules } from './AddressRules';
export { AddressRefusedError } from './AddressRefusedError';
export { isAddressRefused, toNetworkError } from './toNetworkError';
