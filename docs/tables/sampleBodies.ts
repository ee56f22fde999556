import { EVENT_NAMES } from '../../contract';
import { createSampleBody } from '../../runner/webhooks/createSampleBody';

const SAMPLE_TIME_MS = Date.UTC(2026, 0, 31, 9, 30);

/** The bodies of the five events, as `POST /api/config/:event/test` sends them. */
export function toSampleBodies(): string {
	return EVENT_NAMES.map((event) => {
		const body = createSampleBody({
			event,
			eventId: 'evt_6f0c1b0e-3f5c-4d8e-9a51-0e4f1f6f2a77',
			nowMs: SAMPLE_TIME_MS,
			instanceId: '3d0ad5b1-2a6f-4c0e-8f6e-5f1f0c9a7b21',
			instanceName: 'default',
		});
		delete body.test;
		return `#### \`${event}\`\n\n\`\`\`json\n${JSON.stringify(body, null, 2)}\n\`\`\``;
	}).join('\n\n');
}
