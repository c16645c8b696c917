// Made from the OpenAPI document by `make api-types`; a test compares the two.

export type AcceptBody = {
  readonly token: string;
};

export type AcceptedItem = {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly projectId: string | null;
  readonly projectName: string | null;
  readonly email: string;
  readonly role: string;
  readonly invitedBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly userId: string;
  readonly displayName: string;
  readonly inviteAcceptedAt: string | null;
};

export type Algorithm = {
  readonly type: "public-key";
  readonly alg: number;
};

export type Approved = {
  readonly approved: boolean;
};

export type Assertion = {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly response: AssertionResponse;
};

export type AssertionBody = {
  readonly assertion: Assertion;
};

export type AssertionResponse = {
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle?: string | null;
};

export type AttachmentItem = {
  readonly id: string;
  readonly reportId: string | null;
  readonly use: Use;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly state: AttachmentState;
  readonly url: string | null;
  readonly thumbnailUrl: string | null;
  readonly createdAt: string;
};

export type AttachmentState = "arriving" | "pending" | "ready" | "unreadable" | "stored" | "doomed";

export type AttemptItem = {
  readonly at: string;
  readonly status: number | null;
  readonly answer: string | null;
  readonly error: string | null;
  readonly durationMs: number;
};

export type Attestation = {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly response: AttestationResponse;
};

export type AttestationResponse = {
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  readonly transports?: readonly string[];
};

export type AuthenticatorSelection = {
  readonly residentKey: "preferred";
  readonly requireResidentKey: boolean;
  readonly userVerification: "required";
};

export type BetaMode = {
  readonly betaModeEnabled: boolean;
};

export type BreakdownItem = {
  readonly bugsBySeverity: Readonly<Record<string, number>>;
  readonly bugsByStatus: Readonly<Record<string, number>>;
  readonly bugsByDay: readonly DayItem[];
};

export type BulkAnswer = {
  readonly items: readonly BulkItem[];
  readonly changed: number;
  readonly refused: number;
};

export type BulkBody = {
  readonly ids: readonly string[];
  readonly change: BulkChange;
};

export type BulkChange = {
  readonly status?: StatusWord;
  readonly severity?: Severity;
  readonly category?: Category;
  readonly assignee_id?: string | null;
  readonly add_labels?: readonly string[];
  readonly remove_labels?: readonly string[];
  readonly delete?: boolean;
};

export type BulkItem = {
  readonly id: string;
  readonly ok: boolean;
  readonly code?: string | null;
  readonly detail?: string | null;
};

export type CamelTokenItem = {
  readonly id: string;
  readonly name: string;
  readonly tokenPrefix: string;
  readonly scopes: readonly Scope[] | null;
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly lastUsedIp: string | null;
  readonly lastUsedClient: string | null;
};

export type Category = "bug" | "ui" | "performance" | "crash" | "other";

export type Choice = "default" | "off" | "in_app" | "mail";

export type CliLogin = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly plan: string;
  readonly token: string;
};

export type CliLoginBody = {
  readonly email: string;
  readonly password: string;
  readonly host?: string;
};

export type CliRegisterBody = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly setup_code?: string | null;
  readonly invitation_token?: string | null;
  readonly host?: string;
};

export type CodeBody = {
  readonly code: string;
};

export type CommentBody = {
  readonly body: string;
  readonly visible_to_reporter?: boolean;
};

export type CommentItem = {
  readonly id: string;
  readonly reportId: string;
  readonly authorId: string | null;
  readonly authorName: string;
  readonly body: string;
  readonly createdAt: string;
  readonly visibleToReporter: boolean;
  readonly isFromReporter: boolean;
};

export type CommentLine = {
  readonly id: string;
  readonly reportId: string;
  readonly body: string;
  readonly createdAt: string;
};

export type ConsoleLogQuota = {
  readonly allowed?: boolean;
  readonly remaining?: number | null;
  readonly limit?: number | null;
};

export type Contact = "none" | "stopped" | "told";

export type CreatedCamelTokenItem = {
  readonly id: string;
  readonly name: string;
  readonly tokenPrefix: string;
  readonly scopes: readonly Scope[] | null;
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly lastUsedIp: string | null;
  readonly lastUsedClient: string | null;
  readonly token: string | null;
  readonly code?: string;
};

export type CreatedPasskeyItem = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly isBackedUp: boolean;
  readonly recoveryCodes: readonly string[] | null;
};

export type CreatedTokenItem = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Scope[] | null;
  readonly expires_at: string | null;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly last_used_ip: string | null;
  readonly last_used_client: string | null;
  readonly token: string | null;
  readonly code?: string;
};

export type CredentialDescriptor = {
  readonly id: string;
  readonly type: "public-key";
  readonly transports: readonly string[];
};

export type CredentialKind = "session" | "publishable_key" | "personal_access_token" | "personal_token" | "project_token" | "console";

export type DayItem = {
  readonly date: string;
  readonly count: number;
};

export type DeliveryItem = {
  readonly id: string;
  readonly webhookId: string;
  readonly event: string;
  readonly state: DeliveryState;
  readonly isTest: boolean;
  readonly createdAt: string;
  readonly settledAt: string | null;
  readonly nextAttemptAt: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly attempts: readonly AttemptItem[];
};

export type DeliveryList = {
  readonly items: readonly DeliveryItem[];
  readonly nextCursor: string | null;
};

export type DeliveryState = "pending" | "delivered" | "failed" | "cancelled";

export type Denied = {
  readonly denied: boolean;
};

export type Detail = {
  readonly detail: string;
};

export type DeviceCodeAnswer = {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_url: string;
  readonly expires_in: number;
  readonly interval: number;
};

export type DeviceCodeBody = {
  readonly client_name?: string;
  readonly host?: string;
  readonly scopes?: readonly Scope[] | null;
};

export type DeviceTokenAnswer = {
  readonly access_token: string;
  readonly token_type: string;
  readonly user: Holder;
};

export type DeviceTokenBody = {
  readonly device_code: string;
};

export type Digest = "immediately" | "hourly" | "daily" | "never";

export type DisabledBecause = "failing" | "gone";

export type DraftItem = {
  readonly given: string;
  readonly when: string;
  readonly then: string;
  readonly derived?: boolean;
};

export type DuplicateItem = {
  readonly id: string;
  readonly trackingId: string;
  readonly title: string;
  readonly reporterIdentifier: string | null;
  readonly createdAt: string;
  readonly mergedAt: string;
};

export type EmailBody = {
  readonly email: string;
};

export type ErasedItem = {
  readonly reports: number;
  readonly attachments: number;
};

export type ErasureBody = {
  readonly reporter_identifier: string;
  readonly attachments?: boolean;
};

export type EventItem = {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly personId: string | null;
  readonly organizationId: string | null;
  readonly projectId: string | null;
  readonly credentialKind: CredentialKind | null;
  readonly credentialId: string | null;
  readonly subjectId: string | null;
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly data: Readonly<Record<string, string>>;
};

export type EventList = {
  readonly items: readonly EventItem[];
  readonly nextCursor: string | null;
};

export type ExportPage = {
  readonly profile: User;
  readonly projects: readonly ProjectItem[];
  readonly reports: readonly ReportItem[];
  readonly comments: readonly CommentLine[];
  readonly exportedAt: string;
};

export type FarewellBody = {
  readonly confirm?: string;
  readonly without_export?: boolean;
};

export type FieldChangeItem = {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
};

export type FieldProblem = {
  readonly field: string;
  readonly message: string;
  readonly code: string;
  readonly position?: number;
  readonly length?: number;
};

export type FirstPasswordBody = {
  readonly new_password: string;
  readonly revoke_tokens?: boolean;
};

export type ForgotBody = {
  readonly email: string;
};

export type Format = "plain" | "slack" | "discord" | "teams" | "mattermost";

export type Har = {
  readonly log: Readonly<Record<string, unknown>>;
};

export type Health = {
  readonly status: string;
  readonly version: string;
};

export type HistoryItem = {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly credentialKind: CredentialKind | null;
  readonly credentialId: string | null;
  readonly credentialName: string | null;
  readonly changes: readonly FieldChangeItem[];
  readonly data: Readonly<Record<string, string>>;
};

export type HistoryPage = {
  readonly items: readonly HistoryItem[];
  readonly nextCursor: string | null;
};

export type Holder = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly plan: string;
};

export type IdentityItem = {
  readonly provider: string;
  readonly issuer: string;
  readonly email: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};

export type InvitationBody = {
  readonly email: string;
  readonly role?: string;
  readonly project_id?: string | null;
};

export type InvitationItem = {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly projectId: string | null;
  readonly projectName: string | null;
  readonly email: string;
  readonly role: string;
  readonly invitedBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
};

export type JobItem = {
  readonly id: string;
  readonly kind: string;
  readonly attempts: number;
  readonly error: string;
  readonly createdAt: string;
  readonly failedAt: string;
  readonly organizationId: string | null;
  readonly projectId: string | null;
};

export type JobList = {
  readonly items: readonly JobItem[];
  readonly nextCursor: string | null;
};

export type KeyBody = {
  readonly label: string;
  readonly allowed_origins?: readonly string[];
  readonly require_origin?: boolean;
  readonly daily_quota?: number | null;
};

export type KeyChangeBody = {
  readonly label?: string;
  readonly allowed_origins?: readonly string[];
  readonly require_origin?: boolean;
  readonly daily_quota?: number | null;
  readonly is_enabled?: boolean;
  readonly is_primary?: boolean;
};

export type KeyItem = {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly isPrimary: boolean;
  readonly isEnabled: boolean;
  readonly allowedOrigins: readonly string[];
  readonly requireOrigin: boolean;
  readonly dailyQuota: number | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
};

export type LabelBody = {
  readonly name: string;
  readonly color?: string;
};

export type LabelItem = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly color: string;
  readonly createdAt: string;
};

export type LabelPatch = {
  readonly name?: string;
  readonly color?: string;
};

export type LeakBody = {
  readonly credentials: readonly string[];
};

export type LinkBody = {
  readonly token: string;
};

export type LoginBody = {
  readonly email: string;
  readonly password: string;
};

export type MemberBody = {
  readonly email: string;
  readonly role?: ProjectRole;
};

export type MemberItem = {
  readonly id: string;
  readonly projectId: string | null;
  readonly userId: string | null;
  readonly email: string;
  readonly role: ProjectRole;
  readonly inviteAcceptedAt: string | null;
  readonly createdAt: string;
  readonly displayName: string | null;
};

export type MemberPatch = {
  readonly role: ProjectRole;
};

export type MergeBody = {
  readonly into: string;
};

export type MfaMethod = "totp" | "recovery_code" | "passkey";

export type MfaState = {
  readonly totp: boolean;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
};

export type MfaTokenBody = {
  readonly mfa_token: string;
};

export type MfaWanted = {
  readonly mfaRequired: "True";
  readonly mfaToken: string;
  readonly methods: readonly MfaMethod[];
};

export type MintedWebhookItem = {
  readonly id: string;
  readonly projectId: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly isActive: boolean;
  readonly createdAt: string;
  readonly format: Format;
  readonly createdBy: string | null;
  readonly failingSince: string | null;
  readonly disabledAt: string | null;
  readonly disabledBecause: DisabledBecause | null;
  readonly previousSecretUntil: string | null;
  readonly warnings?: readonly string[];
  readonly secret: string | null;
  readonly code?: string;
};

export type NewUserBody = {
  readonly name: string;
  readonly email: string;
  readonly role?: Role;
};

export type NewsReport = {
  readonly id: string;
  readonly trackingId: string;
  readonly title: string;
  readonly projectId: string;
  readonly projectName: string;
};

export type Notice = "email_on_critical" | "email_on_high";

export type NotificationItem = {
  readonly id: string;
  readonly topic: Topic;
  readonly sentence: string;
  readonly at: string;
  readonly readAt: string | null;
  readonly report: NewsReport;
  readonly status: Status | null;
  readonly commentId: string | null;
  readonly comment: string | null;
  readonly actorId: string | null;
  readonly actorName: string | null;
};

export type NotificationList = {
  readonly items: readonly NotificationItem[];
  readonly nextCursor: string | null;
};

export type OrganizationBody = {
  readonly name: string;
  readonly slug?: string | null;
};

export type OrganizationItem = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly role: OrganizationRole;
  readonly isPersonal: boolean;
  readonly createdAt: string;
};

export type OrganizationMemberItem = {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string | null;
  readonly email: string;
  readonly displayName: string | null;
  readonly role: OrganizationRole;
  readonly createdAt: string;
};

export type OrganizationMemberPatch = {
  readonly role: OrganizationRole;
};

export type OrganizationPatch = {
  readonly name?: string;
  readonly slug?: string;
};

export type OrganizationRole = "owner" | "admin" | "member" | "viewer";

export type OverviewItem = {
  readonly totalBugs: number;
  readonly openBugs: number;
  readonly resolvedToday: number;
  readonly avgResolutionHours: number;
};

export type PasskeyBody = {
  readonly credential: Attestation;
  readonly name?: string;
};

export type PasskeyCreationOptions = {
  readonly rp: RelyingParty;
  readonly user: PasskeyUser;
  readonly challenge: string;
  readonly pubKeyCredParams: readonly Algorithm[];
  readonly timeout: number;
  readonly excludeCredentials: readonly CredentialDescriptor[];
  readonly authenticatorSelection: AuthenticatorSelection;
  readonly attestation: "none";
};

export type PasskeyItem = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly isBackedUp: boolean;
};

export type PasskeyRequestOptions = {
  readonly challenge: string;
  readonly timeout: number;
  readonly rpId: string;
  readonly allowCredentials: readonly CredentialDescriptor[];
  readonly userVerification: "required";
};

export type PasskeyUser = {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
};

export type PasswordChangeBody = {
  readonly current_password: string;
  readonly new_password: string;
  readonly revoke_tokens?: boolean;
};

export type PlanLimits = {
  readonly max_projects?: number | null;
  readonly max_reports_per_project?: number | null;
  readonly max_reports_per_month?: number | null;
  readonly max_team_members?: number | null;
};

export type PoliciesItem = {
  readonly maxTokenDays: number | null;
  readonly requiresMfa: boolean;
  readonly tokenMakers: TokenMakers;
  readonly updatedAt: string | null;
};

export type PoliciesPatch = {
  readonly max_token_days?: number | null;
  readonly requires_mfa?: boolean;
  readonly token_makers?: TokenMakers;
};

export type PreferencesBody = {
  readonly digest?: Digest;
  readonly topics?: TopicsBody;
};

export type PreferencesItem = {
  readonly digest: Digest;
  readonly topics: Readonly<Record<string, Choice>>;
};

export type ProblemBody = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly FieldProblem[];
};

export type ProfileBody = {
  readonly name?: string;
  readonly notification_preferences?: Readonly<Record<string, boolean>>;
};

export type ProjectBody = {
  readonly name: string;
  readonly domain?: string;
  readonly code?: string | null;
  readonly organization_id?: string | null;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly is_private?: boolean;
};

export type ProjectItem = {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly slug: string;
  readonly domain: string;
  readonly apiKey: string | null;
  readonly isActive: boolean;
  readonly isPrivate: boolean;
  readonly organizationId: string;
  readonly organizationSlug: string;
  readonly createdAt: string;
  readonly settings: Readonly<Record<string, unknown>>;
};

export type ProjectPatch = {
  readonly name?: string;
  readonly domain?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly is_active?: boolean;
  readonly is_private?: boolean;
  readonly code?: string;
};

export type ProjectPreferencesBody = {
  readonly topics: TopicsBody;
};

export type ProjectPreferencesItem = {
  readonly topics: Readonly<Record<string, Choice>>;
  readonly effective: Readonly<Record<string, Way>>;
};

export type ProjectRole = "admin" | "editor" | "viewer";

export type ProjectTokenBody = {
  readonly name: string;
  readonly expires_in_days?: number | null;
  readonly scopes?: readonly Scope[] | null;
};

export type ProofBody = {
  readonly password?: string | null;
  readonly code?: string | null;
  readonly assertion?: Assertion | null;
};

export type ProviderItem = {
  readonly name: string;
  readonly label: string;
  readonly loginUrl: string;
};

export type ProviderList = {
  readonly providers: readonly ProviderItem[];
};

export type ReadBody = {
  readonly ids?: readonly string[];
  readonly all?: boolean;
};

export type ReadItem = {
  readonly read: number;
};

export type RecoveryCodes = {
  readonly recoveryCodes: readonly string[];
};

export type RegisterBody = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly setup_code?: string | null;
  readonly invitation_token?: string | null;
};

export type RelyingParty = {
  readonly id: string;
  readonly name: string;
};

export type ReportBody = {
  readonly title: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly description?: string;
  readonly project_id?: string | null;
  readonly reporter_identifier?: string | null;
  readonly screenshot_url?: string | null;
  readonly annotated_screenshot_url?: string | null;
  readonly console_logs?: unknown;
  readonly network_logs?: unknown;
  readonly user_actions?: unknown;
  readonly metadata?: unknown;
  readonly hp_field?: string | null;
  readonly wants_status_link?: boolean;
  readonly given?: string;
  readonly when?: string;
  readonly then?: string;
};

export type ReportDetail = {
  readonly id: string;
  readonly projectId: string;
  readonly trackingId: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly status: Status;
  readonly assigneeId: string | null;
  readonly reporterIdentifier: string | null;
  readonly given: string;
  readonly when: string;
  readonly then: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly labels: readonly string[];
  readonly resolvedAt: string | null;
  readonly mergedIntoId: string | null;
  readonly duplicateCount: number;
  readonly notes: string;
  readonly duplicates: readonly DuplicateItem[];
  readonly screenshotUrl: string | null;
  readonly annotatedScreenshotUrl: string | null;
  readonly consoleLogs: unknown;
  readonly networkLogs: unknown;
  readonly userActions: unknown;
  readonly metadata: unknown;
  readonly consoleLogsIncluded: boolean;
  readonly secretsRemoved: unknown;
  readonly warnings?: readonly string[];
  readonly draft?: DraftItem | null;
  readonly statusUrl?: string;
};

export type ReportItem = {
  readonly id: string;
  readonly projectId: string;
  readonly trackingId: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly status: Status;
  readonly assigneeId: string | null;
  readonly reporterIdentifier: string | null;
  readonly given: string;
  readonly when: string;
  readonly then: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly labels: readonly string[];
  readonly resolvedAt: string | null;
  readonly mergedIntoId: string | null;
  readonly duplicateCount: number;
};

export type ReportPage = {
  readonly items: readonly ReportItem[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly totalCapped?: boolean;
  readonly nextCursor?: string | null;
};

export type ReportPatch = {
  readonly title?: string;
  readonly description?: string;
  readonly severity?: Severity;
  readonly category?: Category;
  readonly status?: StatusWord;
  readonly assignee_id?: string | null;
  readonly given?: string;
  readonly when?: string;
  readonly then?: string;
  readonly notes?: string;
  readonly labels?: readonly string[];
};

export type ReportReceipt = {
  readonly id: string;
  readonly trackingId: string;
  readonly status: Status;
  readonly statusUrl?: null;
};

export type ReporterItem = {
  readonly contact: Contact;
};

export type ResetBody = {
  readonly token: string;
  readonly new_password: string;
};

export type ResetLink = {
  readonly resetUrl: string;
};

export type RetentionBody = {
  readonly days: number | null;
  readonly include_open?: boolean;
};

export type RetentionItem = {
  readonly days: number | null;
  readonly includeOpen: boolean;
  readonly beginsAt: string | null;
};

export type Role = "user" | "superadmin";

export type RotateKeyBody = {
  readonly grace_seconds?: number;
};

export type RotationBody = {
  readonly expires_in_days?: number | null;
  readonly grace_seconds?: number;
};

export type Scope = "comments:write" | "events:read" | "exports:read" | "members:read" | "members:write" | "organizations:read" | "organizations:write" | "projects:read" | "projects:write" | "reports:create" | "reports:read" | "reports:write" | "stats:read" | "tokens:read" | "tokens:write" | "webhooks:read" | "webhooks:write";

export type SecondStepBody = {
  readonly mfa_token: string;
  readonly code?: string | null;
  readonly recovery_code?: string | null;
  readonly assertion?: Assertion | null;
};

export type SessionItem = {
  readonly id: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly client: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly isCurrent: boolean;
};

export type Severity = "low" | "medium" | "high" | "critical";

export type SimilarItem = {
  readonly id: string;
  readonly trackingId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: Status;
  readonly createdAt: string;
  readonly similarityScore: number;
};

export type SimilarPage = {
  readonly items: readonly SimilarItem[];
};

export type SnippetItem = {
  readonly framework: string;
  readonly title: string;
  readonly file: string;
  readonly where: string;
  readonly code: string;
  readonly install: string | null;
};

export type SnippetList = {
  readonly publishableKey: string | null;
  readonly widget: WidgetItem;
  readonly snippets: readonly SnippetItem[];
};

export type Status = "new" | "triaging" | "in_progress" | "resolved" | "closed";

export type StatusWord = "new" | "triaging" | "in_progress" | "resolved" | "closed" | "open" | "dismissed";

export type Subscription = {
  readonly plan?: string;
  readonly status?: string;
  readonly currentPeriodEnd?: string | null;
  readonly planExpiresAt?: string | null;
  readonly cancelAtPeriodEnd?: boolean;
  readonly billingInterval?: string | null;
  readonly amount?: number;
  readonly pendingDowngradePlan?: string | null;
};

export type TeamItem = {
  readonly projectId: string;
  readonly projectName: string;
  readonly memberCount: number;
  readonly memberLimit?: number | null;
};

export type Terms = {
  readonly registration: string;
  readonly maxTokenDays: number;
  readonly accessMinutes: number;
  readonly sessionIdleDays: number;
  readonly sessionDays: number;
  readonly betaModeEnabled?: boolean;
};

export type TokenBody = {
  readonly name: string;
  readonly expires_in_days?: number | null;
  readonly scopes?: readonly Scope[] | null;
  readonly kind?: TokenKind;
};

export type TokenItem = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Scope[] | null;
  readonly expires_at: string | null;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly last_used_ip: string | null;
  readonly last_used_client: string | null;
};

export type TokenKind = "bsk_pat" | "pk";

export type TokenMakers = "everybody" | "admins" | "owners";

export type Topic = "assigned" | "mentioned" | "resolved" | "status_changed" | "commented" | "new_critical" | "new_high" | "new_medium" | "new_low";

export type TopicsBody = {
  readonly assigned?: Choice;
  readonly mentioned?: Choice;
  readonly resolved?: Choice;
  readonly status_changed?: Choice;
  readonly commented?: Choice;
  readonly new_critical?: Choice;
  readonly new_high?: Choice;
  readonly new_medium?: Choice;
  readonly new_low?: Choice;
};

export type TotpSecret = {
  readonly secret: string;
  readonly uri: string;
};

export type TransferBody = {
  readonly member_id: string;
};

export type UnreadItem = {
  readonly unread: number;
  readonly isCapped: boolean;
};

export type UploadReceipt = {
  readonly key: string;
};

export type UsageDetail = {
  readonly projectsCount: number;
  readonly monthlyReportsCount: number;
  readonly reportsPerProjectCount: number;
  readonly teamMembersPerProject: readonly TeamItem[];
  readonly projectsLimit?: number | null;
  readonly monthlyReportsLimit?: number | null;
  readonly reportsPerProjectLimit?: number | null;
};

export type UsageItem = {
  readonly projects: Used;
  readonly reportsThisMonth: Used;
};

export type UsagePage = {
  readonly usage: UsageDetail;
  readonly currentPlan?: string;
};

export type Use = "screenshot" | "annotated_screenshot" | "file";

export type Used = {
  readonly current: number;
  readonly limit?: number | null;
};

export type User = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly plan: string;
  readonly isActive: boolean;
  readonly isEmailVerified: boolean;
  readonly betaStatus: string;
  readonly planExpiresAt: string | null;
  readonly subscriptionStatus: string | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly notificationPreferences: Readonly<Record<string, boolean>>;
  readonly createdAt: string;
  readonly hasGoogleLinked: boolean;
  readonly hasPassword: boolean;
  readonly mfaEnabled: boolean;
  readonly mfaRequired: boolean;
};

export type UserChange = {
  readonly is_active?: boolean | null;
  readonly role?: Role | null;
};

export type UserCodeBody = {
  readonly user_code: string;
};

export type UserPage = {
  readonly items: readonly User[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
};

export type VerifyBody = {
  readonly token?: string | null;
};

export type WatcherItem = {
  readonly userId: string;
  readonly name: string;
  readonly since: string;
};

export type Way = "off" | "in_app" | "mail";

export type WebhookBody = {
  readonly url: string;
  readonly events: readonly string[];
  readonly format?: Format | null;
};

export type WebhookItem = {
  readonly id: string;
  readonly projectId: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly isActive: boolean;
  readonly createdAt: string;
  readonly format: Format;
  readonly createdBy: string | null;
  readonly failingSince: string | null;
  readonly disabledAt: string | null;
  readonly disabledBecause: DisabledBecause | null;
  readonly previousSecretUntil: string | null;
  readonly warnings?: readonly string[];
};

export type WebhookPatch = {
  readonly url?: string | null;
  readonly events?: readonly string[] | null;
  readonly format?: Format | null;
  readonly is_active?: boolean | null;
};

export type WidgetConfig = {
  readonly primaryColor: string;
  readonly showWatermark: boolean;
  readonly enableScreenshot: boolean;
  readonly enableSessionRecording: boolean;
  readonly modalTitle: string | null;
  readonly buttonText: string | null;
  readonly logoUrl: string | null;
  readonly ownerPlan?: string;
};

export type WidgetItem = {
  readonly scriptUrl: string;
  readonly versionUrl: string;
  readonly pinnedUrl: string | null;
  readonly integrity: string | null;
  readonly packageUrl: string | null;
};

export interface Operations {
  "POST /auth/register": { query: never; body: RegisterBody; answer: User | Detail };
  "POST /auth/login": { query: never; body: LoginBody; answer: User | MfaWanted };
  "POST /auth/refresh": { query: never; body: never; answer: User };
  "GET /auth/me": { query: never; body: never; answer: User };
  "PATCH /auth/me": { query: never; body: ProfileBody; answer: User };
  "DELETE /auth/me": { query: never; body: never; answer: Detail };
  "POST /auth/logout": { query: never; body: never; answer: Detail };
  "POST /auth/cli/register": { query: never; body: CliRegisterBody; answer: CliLogin | Detail };
  "POST /auth/cli/login": { query: never; body: CliLoginBody; answer: CliLogin };
  "GET /auth/beta-mode": { query: never; body: never; answer: BetaMode };
  "GET /auth/me/export": { query: never; body: never; answer: ExportPage };
  "GET /auth/sessions": { query: never; body: never; answer: readonly SessionItem[] };
  "DELETE /auth/sessions": { query: never; body: never; answer: null };
  "DELETE /auth/sessions/{session_id}": { query: never; body: never; answer: null };
  "POST /auth/reauth": { query: never; body: ProofBody; answer: User };
  "PUT /auth/me/password": { query: never; body: PasswordChangeBody; answer: Detail };
  "POST /auth/me/password": { query: never; body: FirstPasswordBody; answer: Detail };
  "POST /auth/forgot-password": { query: never; body: ForgotBody; answer: Detail };
  "POST /auth/reset-password": { query: never; body: ResetBody; answer: Detail };
  "POST /auth/verify-email": { query: { token?: string }; body: VerifyBody; answer: Detail };
  "POST /auth/resend-verification": { query: never; body: never; answer: Detail };
  "POST /auth/me/email": { query: never; body: EmailBody; answer: Detail };
  "POST /auth/me/email/confirm": { query: never; body: LinkBody; answer: Detail };
  "POST /auth/me/email/undo": { query: never; body: LinkBody; answer: Detail };
  "POST /auth/login/mfa": { query: never; body: SecondStepBody; answer: User };
  "POST /auth/login/mfa/options": { query: never; body: MfaTokenBody; answer: PasskeyRequestOptions };
  "POST /auth/reauth/options": { query: never; body: never; answer: PasskeyRequestOptions };
  "GET /auth/mfa": { query: never; body: never; answer: MfaState };
  "POST /auth/mfa/totp": { query: never; body: never; answer: TotpSecret };
  "DELETE /auth/mfa/totp": { query: never; body: never; answer: null };
  "POST /auth/mfa/totp/confirm": { query: never; body: CodeBody; answer: RecoveryCodes };
  "POST /auth/mfa/recovery-codes": { query: never; body: never; answer: RecoveryCodes };
  "POST /auth/passkeys/options": { query: never; body: never; answer: PasskeyCreationOptions };
  "POST /auth/passkeys": { query: never; body: PasskeyBody; answer: CreatedPasskeyItem };
  "GET /auth/passkeys": { query: never; body: never; answer: readonly PasskeyItem[] };
  "DELETE /auth/passkeys/{passkey_id}": { query: never; body: never; answer: null };
  "POST /auth/login/passkey/options": { query: never; body: never; answer: PasskeyRequestOptions };
  "POST /auth/login/passkey": { query: never; body: AssertionBody; answer: User };
  "GET /auth/oidc": { query: never; body: never; answer: ProviderList };
  "GET /auth/oidc/{provider}/login": { query: { next?: string; link?: boolean }; body: never; answer: null };
  "POST /auth/oidc/offers/{offer_id}/accept": { query: never; body: never; answer: IdentityItem };
  "GET /auth/identities": { query: never; body: never; answer: readonly IdentityItem[] };
  "DELETE /auth/identities/{provider}": { query: never; body: never; answer: null };
  "POST /auth/device/code": { query: never; body: DeviceCodeBody; answer: DeviceCodeAnswer };
  "POST /auth/device/token": { query: never; body: DeviceTokenBody; answer: DeviceTokenAnswer };
  "POST /auth/device/approve": { query: never; body: UserCodeBody; answer: Approved };
  "POST /auth/device/deny": { query: never; body: UserCodeBody; answer: Denied };
  "POST /tokens": { query: never; body: TokenBody; answer: CreatedTokenItem };
  "GET /tokens": { query: never; body: never; answer: readonly TokenItem[] };
  "POST /auth/tokens": { query: never; body: TokenBody; answer: CreatedCamelTokenItem };
  "GET /auth/tokens": { query: never; body: never; answer: readonly CamelTokenItem[] };
  "DELETE /tokens/{token_id}": { query: never; body: never; answer: null };
  "DELETE /auth/tokens/{token_id}": { query: never; body: never; answer: null };
  "POST /tokens/{token_id}/rotate": { query: never; body: RotationBody; answer: CreatedTokenItem };
  "POST /auth/tokens/{token_id}/rotate": { query: never; body: RotationBody; answer: CreatedCamelTokenItem };
  "GET /tokens/self": { query: never; body: never; answer: TokenItem };
  "DELETE /tokens/self": { query: never; body: never; answer: null };
  "GET /auth/tokens/self": { query: never; body: never; answer: CamelTokenItem };
  "DELETE /auth/tokens/self": { query: never; body: never; answer: null };
  "POST /tokens/self/rotate": { query: never; body: RotationBody; answer: CreatedTokenItem };
  "POST /auth/tokens/self/rotate": { query: never; body: RotationBody; answer: CreatedCamelTokenItem };
  "POST /projects/{project_id}/tokens": { query: never; body: ProjectTokenBody; answer: CreatedCamelTokenItem };
  "GET /projects/{project_id}/tokens": { query: never; body: never; answer: readonly CamelTokenItem[] };
  "DELETE /projects/{project_id}/tokens/{token_id}": { query: never; body: never; answer: null };
  "POST /projects/{project_id}/tokens/{token_id}/rotate": { query: never; body: RotationBody; answer: CreatedCamelTokenItem };
  "POST /credentials/revoke": { query: never; body: LeakBody; answer: Detail };
  "GET /auth/events": { query: { kind?: string; after?: string; before?: string; cursor?: string; limit?: number }; body: never; answer: EventList };
  "GET /organizations/{organization_id}/events": { query: { kind?: string; after?: string; before?: string; cursor?: string; limit?: number }; body: never; answer: EventList };
  "GET /events/stream": { query: { project_id?: string; last_event_id?: number }; body: never; answer: null };
  "GET /projects/widget-config": { query: never; body: never; answer: WidgetConfig };
  "GET /projects/console-log-quota": { query: never; body: never; answer: ConsoleLogQuota };
  "GET /widget": { query: never; body: never; answer: WidgetItem };
  "GET /projects/{project_id}/snippets": { query: never; body: never; answer: SnippetList };
  "GET /projects": { query: { manageable?: boolean; is_active?: boolean }; body: never; answer: readonly ProjectItem[] };
  "POST /projects": { query: never; body: ProjectBody; answer: ProjectItem };
  "GET /projects/{project_id}": { query: never; body: never; answer: ProjectItem };
  "PATCH /projects/{project_id}": { query: never; body: ProjectPatch; answer: ProjectItem };
  "DELETE /projects/{project_id}": { query: { permanent?: boolean }; body: never; answer: null };
  "POST /projects/{project_id}/restore": { query: never; body: never; answer: ProjectItem };
  "GET /projects/{project_id}/keys": { query: never; body: never; answer: readonly KeyItem[] };
  "POST /projects/{project_id}/keys": { query: never; body: KeyBody; answer: KeyItem };
  "PATCH /projects/{project_id}/keys/{key_id}": { query: never; body: KeyChangeBody; answer: KeyItem };
  "DELETE /projects/{project_id}/keys/{key_id}": { query: never; body: never; answer: null };
  "POST /projects/{project_id}/keys/{key_id}/rotate": { query: never; body: RotateKeyBody; answer: KeyItem };
  "POST /projects/{project_id}/rotate-key": { query: never; body: RotateKeyBody; answer: ProjectItem };
  "GET /projects/{project_id}/members": { query: never; body: never; answer: readonly MemberItem[] };
  "POST /projects/{project_id}/members": { query: never; body: MemberBody; answer: MemberItem };
  "PATCH /projects/{project_id}/members/{member_id}": { query: never; body: MemberPatch; answer: MemberItem };
  "DELETE /projects/{project_id}/members/{member_id}": { query: never; body: never; answer: null };
  "GET /organizations": { query: never; body: never; answer: readonly OrganizationItem[] };
  "POST /organizations": { query: never; body: OrganizationBody; answer: OrganizationItem };
  "GET /organizations/{organization_id}": { query: never; body: never; answer: OrganizationItem };
  "PATCH /organizations/{organization_id}": { query: never; body: OrganizationPatch; answer: OrganizationItem };
  "DELETE /organizations/{organization_id}": { query: never; body: FarewellBody; answer: null };
  "POST /organizations/{organization_id}/transfer": { query: never; body: TransferBody; answer: OrganizationItem };
  "GET /organizations/{organization_id}/policies": { query: never; body: never; answer: PoliciesItem };
  "PATCH /organizations/{organization_id}/policies": { query: never; body: PoliciesPatch; answer: PoliciesItem };
  "GET /organizations/{organization_id}/members": { query: never; body: never; answer: readonly OrganizationMemberItem[] };
  "PATCH /organizations/{organization_id}/members/{member_id}": { query: never; body: OrganizationMemberPatch; answer: OrganizationMemberItem };
  "DELETE /organizations/{organization_id}/members/{member_id}": { query: never; body: never; answer: null };
  "POST /organizations/{organization_id}/leave": { query: never; body: never; answer: null };
  "POST /organizations/{organization_id}/invitations": { query: never; body: InvitationBody; answer: InvitationItem };
  "GET /organizations/{organization_id}/invitations": { query: never; body: never; answer: readonly InvitationItem[] };
  "DELETE /organizations/{organization_id}/invitations/{invitation_id}": { query: never; body: never; answer: null };
  "POST /auth/accept-invite": { query: never; body: AcceptBody; answer: AcceptedItem };
  "POST /projects/{project_id}/reports": { query: never; body: ReportBody; answer: ReportDetail };
  "POST /reports": { query: never; body: ReportBody; answer: ReportReceipt | ReportDetail };
  "GET /reports": { query: { project_id?: string; status?: readonly ("new" | "triaging" | "in_progress" | "resolved" | "closed" | "open" | "dismissed")[]; severity?: readonly ("low" | "medium" | "high" | "critical")[]; category?: readonly ("bug" | "ui" | "performance" | "crash" | "other")[]; assignee?: string; label?: string; search?: string; q?: string; date_range?: "all" | "today" | "7d" | "30d" | "90d"; sort?: "newest" | "oldest" | "updated" | "severity"; page?: number; cursor?: string; page_size?: number; limit?: number }; body: never; answer: ReportPage };
  "GET /reports/{report_id}": { query: never; body: never; answer: ReportDetail };
  "PATCH /reports/{report_id}": { query: never; body: ReportPatch; answer: ReportDetail };
  "DELETE /reports/{report_id}": { query: never; body: never; answer: null };
  "GET /projects/{project_id}/sync": { query: { since?: string }; body: never; answer: null };
  "GET /reports/{report_id}/har": { query: never; body: never; answer: Har };
  "GET /reports/{report_id}/export.md": { query: { tokens?: number }; body: never; answer: null };
  "GET /reports/{report_id}/export.json": { query: never; body: never; answer: Readonly<Record<string, unknown>> };
  "GET /projects/{project_id}/export": { query: never; body: never; answer: null };
  "GET /organizations/{organization_id}/export": { query: never; body: never; answer: null };
  "GET /reports/{report_id}/similar": { query: { threshold?: number; limit?: number }; body: never; answer: SimilarPage };
  "GET /projects/{project_id}/retention": { query: never; body: never; answer: RetentionItem };
  "PUT /projects/{project_id}/retention": { query: never; body: RetentionBody; answer: RetentionItem };
  "POST /projects/{project_id}/reporters/erase": { query: never; body: ErasureBody; answer: ErasedItem };
  "POST /organizations/{organization_id}/reporters/erase": { query: never; body: ErasureBody; answer: ErasedItem };
  "POST /reports/bulk": { query: never; body: BulkBody; answer: BulkAnswer };
  "POST /reports/{report_id}/merge": { query: never; body: MergeBody; answer: ReportDetail };
  "POST /reports/{report_id}/unmerge": { query: never; body: never; answer: ReportDetail };
  "GET /reports/{report_id}/history": { query: { cursor?: string; limit?: number }; body: never; answer: HistoryPage };
  "GET /reports/{report_id}/watchers": { query: never; body: never; answer: readonly WatcherItem[] };
  "PUT /reports/{report_id}/watch": { query: never; body: never; answer: null };
  "DELETE /reports/{report_id}/watch": { query: never; body: never; answer: null };
  "GET /reports/{report_id}/comments": { query: never; body: never; answer: readonly CommentItem[] };
  "POST /reports/{report_id}/comments": { query: never; body: CommentBody; answer: CommentItem };
  "GET /reports/{report_id}/reporter": { query: never; body: never; answer: ReporterItem };
  "DELETE /comments/{comment_id}": { query: never; body: never; answer: null };
  "GET /notifications": { query: { unread?: boolean; cursor?: string; limit?: number }; body: never; answer: NotificationList };
  "GET /notifications/count": { query: never; body: never; answer: UnreadItem };
  "POST /notifications/read": { query: never; body: ReadBody; answer: ReadItem };
  "GET /notifications/preferences": { query: never; body: never; answer: PreferencesItem };
  "PATCH /notifications/preferences": { query: never; body: PreferencesBody; answer: PreferencesItem };
  "GET /projects/{project_id}/notifications/preferences": { query: never; body: never; answer: ProjectPreferencesItem };
  "PATCH /projects/{project_id}/notifications/preferences": { query: never; body: ProjectPreferencesBody; answer: ProjectPreferencesItem };
  "GET /projects/{project_id}/labels": { query: never; body: never; answer: readonly LabelItem[] };
  "POST /projects/{project_id}/labels": { query: never; body: LabelBody; answer: LabelItem };
  "PATCH /projects/{project_id}/labels/{label_id}": { query: never; body: LabelPatch; answer: LabelItem };
  "DELETE /projects/{project_id}/labels/{label_id}": { query: never; body: never; answer: null };
  "GET /webhooks": { query: { project_id: string }; body: never; answer: readonly WebhookItem[] };
  "POST /webhooks": { query: { project_id: string }; body: WebhookBody; answer: MintedWebhookItem };
  "GET /webhooks/{webhook_id}": { query: never; body: never; answer: WebhookItem };
  "PATCH /webhooks/{webhook_id}": { query: never; body: WebhookPatch; answer: WebhookItem };
  "DELETE /webhooks/{webhook_id}": { query: never; body: never; answer: null };
  "POST /webhooks/{webhook_id}/rotate-secret": { query: never; body: never; answer: MintedWebhookItem };
  "POST /webhooks/{webhook_id}/test": { query: never; body: never; answer: DeliveryItem };
  "GET /webhooks/{webhook_id}/deliveries": { query: { cursor?: string; limit?: number }; body: never; answer: DeliveryList };
  "POST /webhooks/{webhook_id}/deliveries/{delivery_id}/resend": { query: never; body: never; answer: DeliveryItem };
  "GET /stats/overview": { query: { project_id?: string }; body: never; answer: OverviewItem };
  "GET /stats/aggregated": { query: never; body: never; answer: BreakdownItem };
  "GET /stats/projects/{project_id}": { query: never; body: never; answer: BreakdownItem };
  "GET /auth/usage": { query: never; body: never; answer: UsageItem };
  "GET /usage": { query: never; body: never; answer: UsagePage };
  "GET /plans/limits": { query: never; body: never; answer: Readonly<Record<string, PlanLimits>> };
  "GET /billing/subscription": { query: never; body: never; answer: Subscription };
  "POST /billing/cancel-subscription": { query: never; body: never; answer: Subscription };
  "POST /upload/screenshot": { query: never; body: never; answer: UploadReceipt };
  "GET /reports/{report_id}/attachments": { query: never; body: never; answer: readonly AttachmentItem[] };
  "POST /reports/{report_id}/attachments": { query: never; body: never; answer: AttachmentItem };
  "DELETE /reports/{report_id}/attachments/{attachment_id}": { query: never; body: never; answer: null };
  "GET /attachments/{attachment_id}/{signature}": { query: never; body: never; answer: null };
  "GET /admin/users": { query: { search?: string; page?: number; page_size?: number }; body: never; answer: UserPage };
  "POST /admin/users": { query: never; body: NewUserBody; answer: User };
  "GET /admin/users/{user_id}": { query: never; body: never; answer: User };
  "PATCH /admin/users/{user_id}": { query: never; body: UserChange; answer: User };
  "POST /admin/users/{user_id}/reset-password": { query: never; body: never; answer: ResetLink };
  "GET /admin/users/{user_id}/tokens": { query: never; body: never; answer: readonly CamelTokenItem[] };
  "DELETE /admin/users/{user_id}/tokens/{token_id}": { query: never; body: never; answer: null };
  "DELETE /admin/users/{user_id}/factors": { query: never; body: never; answer: null };
  "DELETE /admin/users/{user_id}/sessions": { query: never; body: never; answer: null };
  "GET /admin/settings": { query: never; body: never; answer: Terms };
  "GET /admin/jobs": { query: { kind?: string; cursor?: string; limit?: number }; body: never; answer: JobList };
  "POST /admin/jobs/{job_id}/retry": { query: never; body: never; answer: null };
}
