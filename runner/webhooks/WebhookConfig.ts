import { randomUUID } from 'node:crypto';
import {
	createSecret,
	EVENT_NAMES,
	type EventName,
	type WebhookConfigView,
	type WebhookTestResult,
} from '../../contract';
import { ApiError } from '../ApiError';
import type { RotatedSecret, StagedSlots, WebhookConfigPort } from '../http/ports';
import { ABORTED } from './attempt/deliverWebhook';
import { createSampleBody } from './createSampleBody';
import type { ReceiverChange } from './dispatch/Dispatcher';
import type { ReceiverCaller } from './ReceiverCaller';
import { toSlotsKey } from './receivers/Receiver';
import { requireAllowedUrl } from './requireAllowedUrl';
import { requireFewPrevious } from './requireFewPrevious';
import { duePending, failPending, movePending } from './rows/outcomeRows';
import { readSecrets, rotateInstanceSecret } from './rows/secretRows';
import { clearSlot, listSlots, setSlot } from './rows/slotRows';
import { toFailingView } from './toFailingView';
import { SECRET_OVERLAP_MS, type WebhookParts } from './WebhookParts';

/** The five webhook URLs of each instance. */
export class WebhookConfig implements WebhookConfigPort {
	constructor(private readonly parts: WebhookParts & { createCaller(): ReceiverCaller }) {}

	read(instanceId: string): WebhookConfigView {
		const slots = listSlots(this.parts.database, instanceId);
		const view = EVENT_NAMES.map((event) => {
			const slot = slots.find((one) => one.event === event);
			const receiver = this.parts.directory.findSlot(instanceId, event);
			const failing = slot && this.parts.dispatcher.failing(toSlotsKey(instanceId, slot.url));
			return [
				event,
				{
					URL: slot?.url ?? null,
					disabled: slot?.disabled ?? receiver?.disabled ?? null,
					failing: toFailingView(failing),
				},
			];
		});
		return Object.fromEntries(view) as WebhookConfigView;
	}

	async setUrl(instanceId: string, event: EventName, url: string | null): Promise<void> {
		if (url !== null) requireAllowedUrl(this.parts.guard, url, false);
		await this.parts.dispatcher.change(instanceId, () => this.toChange(instanceId, event, url));
	}

	stageUrls(instanceId: string, urls: Partial<Record<EventName, string | null>>): StagedSlots {
		const given = EVENT_NAMES.flatMap((event) => {
			const url = urls[event];
			return typeof url === 'string' ? [{ event, url }] : [];
		});
		for (const { url } of given) requireAllowedUrl(this.parts.guard, url, false);
		return {
			statements: given.flatMap(({ event, url }) => setSlot(instanceId, event, url)),
			announce: () => this.parts.directory.forget(instanceId),
		};
	}

	async test(instanceId: string, event: EventName): Promise<WebhookTestResult> {
		const { database, directory, clock } = this.parts;
		const receiver = directory.findSlot(instanceId, event);
		if (!receiver) throw new ApiError('webhook_not_set');
		const instanceName =
			database.get<{ name: string }>('SELECT name FROM instances WHERE id = ?', instanceId)?.name ??
			'';
		const eventId = `evt_${randomUUID()}`;
		const sample = createSampleBody({
			event,
			eventId,
			nowMs: clock.now(),
			instanceId,
			instanceName,
		});
		const caller = this.parts.createCaller();
		try {
			const result = await caller.call(receiver, { eventId, body: JSON.stringify(sample) });
			if (result === ABORTED) throw new ApiError('runner_stopping');
			const { status, ms, error, answer } = result;
			return { delivered: result.kind === 'success', status, ms, error, answer };
		} finally {
			caller.destroy();
		}
	}

	async rotateSecret(instanceId: string): Promise<RotatedSecret> {
		const { database, clock, directory, dispatcher } = this.parts;
		const nowMs = clock.now();
		const secret = createSecret();
		const validUntil = nowMs + SECRET_OVERLAP_MS;
		const rotation = rotateInstanceSecret(instanceId, secret, validUntil);
		await dispatcher.change(instanceId, () => {
			requireFewPrevious(readSecrets(database, instanceId), nowMs);
			const held = directory.heldOf(instanceId).filter(({ kind }) => kind === 'slots');
			const keys = held.map(({ key }) => key);
			return { keys, statements: [...rotation, ...keys.map((key) => duePending(key, nowMs))] };
		});
		return { secret, previousValidUntil: new Date(validUntil).toISOString() };
	}

	forget(instanceId: string): void {
		this.parts.dispatcher.closeInstance(instanceId);
		this.parts.directory.forget(instanceId);
	}

	/** The rows of a change, and whose deliveries it touches; nothing when nothing changes. */
	private toChange(instanceId: string, event: EventName, url: string | null): ReceiverChange {
		const nowMs = this.parts.clock.now();
		const slots = listSlots(this.parts.database, instanceId);
		const slot = slots.find((one) => one.event === event);
		const from = slot && toSlotsKey(instanceId, slot.url);
		if (url === null) {
			if (from === undefined) return { keys: [], statements: [] };
			const statements = [clearSlot(instanceId, event), failPending(from, event, nowMs)];
			return { keys: [from], statements };
		}
		const to = toSlotsKey(instanceId, url);
		// The URL may also be that of other slots: they are one receiver, and enabled together.
		const isEnabled = slots.some((one) => one.url === url && one.disabled !== null);
		if (from === to && !isEnabled) return { keys: [], statements: [] };
		const statements = setSlot(instanceId, event, url);
		if (from !== undefined && from !== to) {
			statements.push(movePending({ from, to, url, event, nowMs }));
		}
		if (isEnabled) statements.push(duePending(to, nowMs));
		return { keys: from === undefined ? [to] : [from, to], statements };
	}
}
