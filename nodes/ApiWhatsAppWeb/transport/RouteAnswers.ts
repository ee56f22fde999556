import type {
	AutomaticView,
	ChangeParticipantsResponse,
	ChatList,
	ContactDetails,
	ContactList,
	CreatedGroup,
	CreatedInstance,
	CreatedSubscription,
	DeliveryList,
	DeliveryView,
	GroupDetails,
	GroupList,
	InstanceView,
	InviteView,
	JoinResponse,
	MessageList,
	MessageView,
	NumberView,
	PairingCode,
	PasskeyView,
	QrCode,
	RedeliverResponse,
	RouteName,
	SendResponse,
	SubscriptionView,
	UpdatedChat,
	WebhookConfigView,
	WebhookTestResult,
} from '../../../contract';

/** The routes that send something into a chat: all answer alike. */
export type SendingRoute =
	| 'sendText'
	| 'sendImage'
	| 'sendVideo'
	| 'sendAudio'
	| 'sendDocument'
	| 'sendSticker'
	| 'sendLocation'
	| 'sendContact'
	| 'sendPoll'
	| 'sendReaction'
	| 'editMessage'
	| 'deleteMessage'
	| 'forwardMessage';

interface KnownAnswers extends Record<SendingRoute, SendResponse> {
	getMessage: MessageView;
	listMessages: MessageList;
	checkNumber: NumberView;
	listChats: ChatList;
	updateChat: UpdatedChat;
	listContacts: ContactList;
	getContact: ContactDetails;
	listGroups: GroupList;
	createGroup: CreatedGroup;
	getGroup: GroupDetails;
	changeParticipants: ChangeParticipantsResponse;
	getInvite: InviteView;
	renewInvite: InviteView;
	joinGroup: JoinResponse;
	getAutomatic: AutomaticView;
	getInstance: InstanceView;
	connect: InstanceView;
	getQr: QrCode;
	pairingCode: PairingCode;
	getPasskey: PasskeyView;
	answerPasskey: PasskeyView;
	confirmPasskey: PasskeyView;
	getConfig: WebhookConfigView;
	setWebhook: { success: string };
	testWebhook: WebhookTestResult;
	listSubscriptions: { subscriptions: SubscriptionView[] };
	createSubscription: CreatedSubscription;
	getSubscription: SubscriptionView;
	listDeliveries: DeliveryList;
	redeliver: DeliveryView;
	redeliverMany: RedeliverResponse;
	listInstances: { instances: InstanceView[] };
	createInstance: CreatedInstance;
}

/** What each route answers on success; routes whose answer nobody reads here are objects. */
export type RouteAnswers = KnownAnswers & Record<Exclude<RouteName, keyof KnownAnswers>, object>;
