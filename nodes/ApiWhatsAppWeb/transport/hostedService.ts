import type { RouteName } from '../../../contract';
import { ROUTES } from '../../../contract';
import { ApiFailure } from './ApiFailure';

const PANEL = 'On apiwhatsappweb.com';

/** What to do in the hosted service's own panel for what its documentation has no call for. */
const PANEL_REMEDIES: Partial<Record<RouteName, string>> = {
	listChats: `${PANEL}, the panel knows the chats. Choose “Number” here and give the phone number.`,
	getMessage: `${PANEL}, the panel lists messages with their status; in n8n, the Status event tells it.`,
	getInstance: `${PANEL}, the panel shows whether the instance is connected.`,
	connect: `${PANEL}, open the instance in the panel and scan the QR code there.`,
	getQr: `${PANEL}, open the instance in the panel and scan the QR code there.`,
	pairingCode: `${PANEL}, open the instance in the panel and link the phone there.`,
	restart: `${PANEL}, restart the instance in the panel.`,
	logout: `${PANEL}, disconnect the instance in the panel.`,
	getConfig: `${PANEL}, the panel shows the webhook URLs of the instance.`,
	setWebhook: `${PANEL}, set or clear this webhook URL in the panel. By API the service only takes an URL for the event Sent.`,
	testWebhook: `${PANEL}, send a message to see a delivery.`,
	listDeliveries: `${PANEL}, see whether the panel shows them; what has reached n8n is in its list of executions.`,
	redeliver: `${PANEL}, see whether the panel offers it. A workflow that failed can be run again by “Retry” in n8n’s list of executions.`,
};

/** The fields that its documentation names. */
const DOCUMENTED_FIELDS: Partial<Record<RouteName, string[]>> = {
	sendText: ['number', 'message'],
	setImage: ['image'],
	setAutomatic: ['read'],
};

/** Refuses routes that the hosted service's documentation does not promise at all. */
export function refuseUndocumentedRoute(route: RouteName): void {
	if (!ROUTES[route].hosted) throw toUndocumented(route);
}

/** Refuses what the hosted service's documentation does not promise, before a request is made. */
export function refuseUndocumented(
	route: RouteName,
	params: Record<string, string>,
	body: Record<string, unknown> = {},
): void {
	refuseUndocumentedRoute(route);
	if (route === 'setWebhook' && !(params.event === 'sent' && body.URL)) throw toUndocumented(route);
	const documented = DOCUMENTED_FIELDS[route];
	const field = Object.keys(body).find((name) => documented?.includes(name) === false);
	if (field === undefined) return;
	throw new ApiFailure(`The hosted service documents no “${field}” for this`, {
		hint: 'Take the option out of this node, or choose a session runner in the credential.',
	});
}

function toUndocumented(route: RouteName): ApiFailure {
	return new ApiFailure('The hosted service has no documented call for this', {
		hint: `${PANEL_REMEDIES[route] ?? `${PANEL}, see whether the panel offers it.`} Or choose a session runner in the credential.`,
	});
}
