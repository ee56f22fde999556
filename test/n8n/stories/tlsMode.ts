import assert from 'node:assert/strict';
import { createSelfSignedCertificate } from '../../simulator/media/selfSignedCertificate';
import { activateAnswering, answerMessage } from '../scenarios/exchangeMessages';
import { linkPhone } from '../scenarios/linkPhone';
import { readSubscriptions } from '../runnerProcess';
import { Stage } from '../Stage';
import { tellOn, type Scenario, type Story } from './Story';

const scenarios: Array<Scenario<Stage>> = [
	['a phone is linked', linkPhone],
	['a workflow that starts on received messages can be activated', activateAnswering],
	['the runner delivers to n8n on loopback, over TLS', deliverOverTls],
	[
		'an incoming message starts its workflow once and the answer reaches the contact',
		answerMessage,
	],
];

async function deliverOverTls({ userFolder }: Stage): Promise<void> {
	const urls = (await readSubscriptions(userFolder)).map(({ url }) => new URL(url));
	assert.deepEqual(
		urls.map(({ protocol, hostname }) => `${protocol}//${hostname}`),
		['https://127.0.0.1'],
	);
}

/** n8n without a proxy, with a certificate of its own for a name that is not loopback's. */
export const tlsMode: Story = {
	name: 'tls',
	title: 'n8n that serves TLS itself, signed by itself, for another name',
	tell: async (report) =>
		await tellOn(
			report,
			[
				'n8n starts with our package installed',
				async () =>
					await Stage.set((line) => report.note(line), {
						tls: createSelfSignedCertificate('n8n.example'),
					}),
			],
			scenarios,
		),
};
