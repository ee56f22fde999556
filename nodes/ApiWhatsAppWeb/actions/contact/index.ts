import type { Resource } from '../Operation';
import { checkNumber } from './checkNumber.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

/** Operations, sorted by name. */
export const CONTACT: Resource = {
	name: 'Contact',
	value: 'contact',
	operations: [checkNumber, get, getAll],
	defaultOperation: checkNumber.value,
};
