/** A WhatsApp Web server for tests, benchmarks and contributors. See README.md beside this file. */
export { startSimulator, Simulator } from './Simulator';
export type { CompanionRegRefresh, SimulatorOptions } from './Simulator';
export { Contact } from './accounts/Contact';
export type { ContactOptions } from './accounts/Contact';
export { Group } from './accounts/Group';
export type { GroupOptions } from './accounts/Group';
export type { ReceivedMessage } from './accounts/Inbox';
export { LinkedDevice } from './accounts/LinkedDevice';
export type { WaitOptions } from './accounts/LinkedDevice';
export type { LinkPreview, MessageReference } from './accounts/messageContents';
export { Phone } from './accounts/Phone';
export type { PhoneOptions } from './accounts/Phone';
export type { SendOptions } from './accounts/SendOptions';
export type { DropKind } from './connection/dropKinds';
export type { Counters } from './counters';
export type { Settlement } from './delivery/DeliveryQueue';
export type { ClientReceipt, SimulatorEvents } from './events';
export type { ServerCertificate } from './noise/certificateChain';
