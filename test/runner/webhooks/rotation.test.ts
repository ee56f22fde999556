import fc from 'fast-check';
import { createSecret, isSignatureValid } from '../../../contract';
import type { ReceivedCall, WebhookReceiver } from './support/WebhookReceiver';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A secret, and until when it was promised to sign. */
interface Promised {
	secret: string;
	untilMs: number;
}

/** The secrets of the five webhook URLs, or those of a subscription. */
interface Owner {
	receiver: WebhookReceiver;
	/** The first secret. */
	secret: string;
	rotate(): Promise<{ secret: string; previousValidUntil: string }>;
}

describe('replacing a secret', () => {
	let fixture: WebhooksFixture;
	beforeAll(async () => {
		fixture = await WebhooksFixture.create();
	});
	afterAll(() => fixture.stop());

	async function createSlots(): Promise<Owner> {
		const receiver = await fixture.startReceiver();
		const { config } = fixture.webhooks;
		await config.setUrl(INSTANCE, 'sent', receiver.url);
		const { secret } = await config.rotateSecret(INSTANCE);
		fixture.clock.advance(DAY_MS);
		return { receiver, secret, rotate: () => fixture.webhooks.config.rotateSecret(INSTANCE) };
	}

	async function createSubscription(): Promise<Owner> {
		const receiver = await fixture.startReceiver();
		const secret = createSecret();
		const { id } = await fixture.webhooks.subscriptions.create(INSTANCE, {
			url: receiver.url,
			events: ['sent'],
			secret,
		});
		const rotate = () => fixture.webhooks.subscriptions.rotateSecret(INSTANCE, id);
		return { receiver, secret, rotate };
	}

	async function deliver({ receiver }: Owner): Promise<ReceivedCall> {
		receiver.calls.length = 0;
		await fixture.emit(fixture.body('a', 'sent'));
		await fixture.webhooks.idle();
		return receiver.calls[0]!;
	}

	const signs = ({ headers, body }: ReceivedCall, secret: string) =>
		isSignatureValid({ headers, body, secret, nowS: fixture.clock.now() / 1000 });
	const signaturesOf = ({ headers }: ReceivedCall) =>
		String(headers['webhook-signature']).split(' ');
	const sweep = () => fixture.webhooks.expireOldEvents(fixture.clock.now());
	const storedSecrets = () => [
		...fixture.database.all('SELECT rowid FROM previous_webhook_secrets'),
		...fixture.database.all('SELECT rowid FROM previous_subscription_secrets'),
	];

	describe.each([
		['of the five URLs', createSlots],
		['of a subscription', createSubscription],
	])('%s', (_name, create) => {
		test('twice in a day: each replaced one signs until the time that was promised for it', async () => {
			const owner = await create();
			const first = await owner.rotate();
			fixture.clock.advance(HOUR_MS);
			const second = await owner.rotate();
			const call = await deliver(owner);
			expect([owner.secret, first.secret, second.secret].map((one) => signs(call, one))).toEqual([
				true,
				true,
				true,
			]);
			fixture.clock.advance(Date.parse(first.previousValidUntil) - fixture.clock.now());
			const later = await deliver(owner);
			expect([owner.secret, first.secret, second.secret].map((one) => signs(later, one))).toEqual([
				false,
				true,
				true,
			]);
		});

		test('however often and whenever: those and only those sign whose time is not over', async () => {
			const owner = await create();
			let current = owner.secret;
			const replaced: Promised[] = [];
			const steps: Record<string, () => Promise<unknown> | void> = {
				rotate: async () => {
					const { secret, previousValidUntil } = await owner.rotate();
					replaced.push({ secret: current, untilMs: Date.parse(previousValidUntil) });
					current = secret;
				},
				pass: () => fixture.clock.advance(5 * HOUR_MS),
				sweep,
				restart: () => fixture.restart(),
			};
			const step = fc.constantFrom('rotate', 'rotate', 'pass', 'pass', 'sweep', 'restart');
			await fc.assert(
				fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (plan) => {
					for (const name of plan) await steps[name]?.();
					const call = await deliver(owner);
					const now = fixture.clock.now();
					const valid = replaced.filter(({ untilMs }) => untilMs > now);
					expect(signs(call, current)).toBe(true);
					expect(signaturesOf(call)).toHaveLength(valid.length + 1);
					for (const { secret, untilMs } of replaced) {
						expect(signs(call, secret)).toBe(untilMs > now);
					}
					fixture.clock.advance(DAY_MS / 2);
				}),
				{ numRuns: 12 },
			);
		});

		test('a secret that signs no more is deleted', async () => {
			const owner = await create();
			await owner.rotate();
			expect(storedSecrets().length).toBeGreaterThan(0);
			fixture.clock.advance(DAY_MS);
			await sweep();
			expect(storedSecrets()).toEqual([]);
		});

		test('so often that nobody could read the header any more is refused, and promises stand', async () => {
			const owner = await create();
			for (let n = 0; n < 19; n++) await owner.rotate();
			await expect(owner.rotate()).rejects.toMatchObject({ code: 'rate_limited' });
			const call = await deliver(owner);
			expect(signs(call, owner.secret)).toBe(true);
			expect(signaturesOf(call)).toHaveLength(20);
			fixture.clock.advance(DAY_MS);
			await owner.rotate();
		});
	});
});
