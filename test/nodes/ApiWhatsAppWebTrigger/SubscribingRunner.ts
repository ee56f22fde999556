import {
	isSecret,
	SECRET_DAMAGED,
	SEQ_SIGNATURE_HEADER,
	signSeq,
	signWebhook,
	toErrorBody,
} from '../../../contract';
import type {
	CreateSubscriptionRequest,
	SubscriptionView,
	UpdateSubscriptionRequest,
	WebhookBody,
} from '../../../contract';
import { FakeRunner } from '../../fakes/FakeRunner';
import type { FakeAnswer, SeenRequest } from '../../fakes/HttpFake';

interface Subscription extends SubscriptionView {
	secret: string;
}

/** A session runner that keeps subscriptions and delivers to them, signed, over real HTTP. */
export class SubscribingRunner extends FakeRunner {
	subscriptions: Subscription[] = [];
	/** Answers every call of the API with an error of its own. */
	refuseAll = false;
	private made = 0;

	subscribe(given: CreateSubscriptionRequest): Subscription {
		this.made += 1;
		const subscription = {
			id: `subscription-${this.made}`,
			url: given.url,
			events: given.events,
			filters: given.filters ?? {},
			disabled: null,
			failing: null,
			createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, this.made)).toISOString(),
			secret: given.secret ?? '',
		};
		this.subscriptions.push(subscription);
		return subscription;
	}

	/** Delivers an event to whoever subscribed to it; gives the status of each answer. */
	async deliver(body: WebhookBody, moreHeaders: Record<string, string> = {}): Promise<number[]> {
		const receivers = this.subscriptions.filter(({ events }) => events.includes(body.event));
		return await Promise.all(receivers.map((each) => deliverTo(each, body, moreHeaders)));
	}

	protected override answer(request: SeenRequest): FakeAnswer {
		const { method, path, body, headers } = request;
		if (this.refuseAll) return { status: 500, body: toErrorBody('internal_error') };
		if (path === '/readyz') return { status: 200, body: {} };
		if (!path.startsWith('/api/subscriptions')) return super.answer(request);
		const owner = this.instances.find(({ id }) => id === headers.id);
		if (headers.apikey !== this.adminKey && headers.apikey !== owner?.apiKey) {
			return { status: 401, body: toErrorBody('invalid_api_key') };
		}
		const id = path.split('/')[3];
		if (method === 'GET') return { status: 200, body: { subscriptions: this.toViews() } };
		if (method === 'POST') {
			const given = body as CreateSubscriptionRequest;
			if (!isSecret(given.secret)) return { status: 400, body: toErrorBody('invalid_body') };
			return { status: 201, body: this.subscribe(given) };
		}
		if (method === 'PATCH') {
			const subscription = this.subscriptions.find((each) => each.id === id);
			if (!subscription) return { status: 404, body: toErrorBody('subscription_not_found') };
			const change = body as UpdateSubscriptionRequest;
			const isHeld = subscription.disabled === SECRET_DAMAGED && change.secret === undefined;
			Object.assign(subscription, change, isHeld ? {} : { disabled: null });
			return { status: 200, body: subscription };
		}
		const rest = this.subscriptions.filter((each) => each.id !== id);
		if (rest.length === this.subscriptions.length) {
			return { status: 404, body: toErrorBody('subscription_not_found') };
		}
		this.subscriptions = rest;
		return { status: 200, body: { success: 'Subscription deleted' } };
	}

	private toViews(): SubscriptionView[] {
		return this.subscriptions.map(({ secret: _secret, ...view }) => view);
	}
}

async function deliverTo(
	{ url, secret }: Subscription,
	event: WebhookBody,
	moreHeaders: Record<string, string>,
): Promise<number> {
	const body = JSON.stringify(event);
	const nowS = Date.now() / 1000;
	const signature = signWebhook({ id: event.eventId, timestampS: nowS, body, secrets: [secret] });
	const seq = moreHeaders['webhook-seq'];
	const seqSignature = seq
		? { [SEQ_SIGNATURE_HEADER]: signSeq(signature, Number(seq), [secret]) }
		: {};
	const headers = {
		'content-type': 'application/json',
		...signature,
		...seqSignature,
		...moreHeaders,
	};
	return (await fetch(url, { method: 'POST', body, headers })).status;
}
