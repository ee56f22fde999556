import type { Resource } from '../Operation';
import { changeUrl } from './changeUrl.operation';
import { getUrls } from './getUrls.operation';
import { listDeliveries } from './listDeliveries.operation';
import { redeliver } from './redeliver.operation';
import { sendTest } from './sendTest.operation';

/** Operations, sorted by name. */
export const WEBHOOK: Resource = {
	name: 'Webhook',
	value: 'webhook',
	operations: [changeUrl, getUrls, listDeliveries, redeliver, sendTest],
	defaultOperation: changeUrl.value,
};
