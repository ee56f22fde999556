import type { DeliveryView, RedeliverRequest } from '../../contract';
import type { FakeHandlers } from './FakeInstance';
import { FakeRefusal } from './FakeInstance';
import { ok, toPage } from './readingHandlers';

/** The routes about deliveries. */
export const DELIVERY_HANDLERS: FakeHandlers = {
	listDeliveries: (request, { deliveries }) => {
		const filter = Object.fromEntries(request.query) as RedeliverRequest;
		const page = toPage(
			deliveries.filter((each) => matches(each, filter)),
			request,
		);
		return ok({ deliveries: page.entries, next: page.next });
	},
	redeliver: (_request, { deliveries }, id) => {
		const delivery = deliveries.find((each) => each.id === id);
		if (!delivery) throw new FakeRefusal('delivery_not_found');
		return ok(Object.assign(delivery, { state: 'pending' }));
	},
	redeliverMany: ({ body }, { deliveries }) => {
		const filter = { state: 'failed', ...(body as RedeliverRequest) } as const;
		const matching = deliveries.filter((each) => matches(each, filter));
		for (const each of matching) each.state = 'pending';
		return ok({ redelivered: matching.length, skipped: 0 });
	},
};

/** A delivery of an event that was not accepted yet. */
export function toDelivery(id: string, given: Partial<DeliveryView> = {}): DeliveryView {
	return {
		id,
		seq: 1,
		eventId: `evt_of_${id}`,
		event: 'received',
		url: 'https://receiver.example/hook?secret=x',
		state: 'failed',
		attempts: [
			{ at: '2026-01-01T00:00:00.000Z', ms: 12, status: 500, error: 'HTTP 500', answer: 'oops' },
		],
		createdAt: '2026-01-01T00:00:00.000Z',
		nextAttemptAt: null,
		...given,
	};
}

function matches(delivery: DeliveryView, filter: RedeliverRequest): boolean {
	const { state, event, since = '', until = '9' } = filter;
	return (
		(state === undefined || delivery.state === state) &&
		(event === undefined || delivery.event === event) &&
		delivery.createdAt >= since &&
		delivery.createdAt <= until
	);
}
