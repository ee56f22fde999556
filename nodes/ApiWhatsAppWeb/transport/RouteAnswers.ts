import type {
	CreatedInstance,
	CreatedSubscription,
	InstanceView,
	MessageView,
	PairingCode,
	QrCode,
	RouteName,
	SendResponse,
	SubscriptionView,
	WebhookConfigView,
	WebhookTestResult,
} from '../../../contract';

interface KnownAnswers {
	sendText: SendResponse;
	getMessage: MessageView;
	getInstance: InstanceView;
	connect: InstanceView;
	getQr: QrCode;
	pairingCode: PairingCode;
	getConfig: WebhookConfigView;
	setWebhook: { success: string };
	testWebhook: WebhookTestResult;
	listSubscriptions: { subscriptions: SubscriptionView[] };
	createSubscription: CreatedSubscription;
	getSubscription: SubscriptionView;
	listInstances: { instances: InstanceView[] };
	createInstance: CreatedInstance;
}

/** What each route answers on success; routes whose answer nobody reads here are objects. */
export type RouteAnswers = KnownAnswers & Record<Exclude<RouteName, keyof KnownAnswers>, object>;
