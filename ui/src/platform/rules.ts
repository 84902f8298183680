// Written from the core's rules by `cargo xtask types`. Do not edit.
import type { Change, Commands, ContactWords, KindOfProblem, PartitionWords, PriorityWords, Purpose, Region, ReportStep, ServiceWords, StatusWords } from "./contract";

/** How long and how many things may be: characters, files, bytes, contacts, seconds. `body` counts the lines that are added below the user's own text, `reply` does not. */
export const LIMITS = {
  "subject": 250,
  "body": 8000,
  "reply": 7982,
  "contacts": 10,
  "files": 3,
  "fileBytes": 5242880,
  "comment": 1000,
  "reopenDays": 14,
  "accountName": 60,
  "leastPollSeconds": 15,
  "mostPollSeconds": 3600,
  "clockNoticedSeconds": 60,
  "clockRefusedSeconds": 300
} as const;

/** The steps of the report form with their fields, in their order. */
export const REPORT_STEPS: readonly ReportStep[] = [
  {
    "step": 1,
    "name": "How can we help?",
    "fields": [
      "kind",
      "account",
      "service",
      "category",
      "priority"
    ]
  },
  {
    "step": 2,
    "name": "Additional information",
    "fields": [
      "subject",
      "body",
      "files"
    ]
  },
  {
    "step": 3,
    "name": "Solve now",
    "fields": []
  },
  {
    "step": 4,
    "name": "Contact us",
    "fields": [
      "language",
      "contact",
      "phone.region",
      "phone.number",
      "phone.extension",
      "cc"
    ]
  }
];

/** The kinds of problem, in the order of the form. */
export const KINDS: readonly KindOfProblem[] = [
  {
    "kind": "data-in",
    "title": "Data does not come in",
    "examples": "Manifest ingestion, File service, Seismic DMS upload",
    "service": "report-incident",
    "hints": [
      {
        "what": "What happens",
        "how": "The error's own words, and what you expected"
      },
      {
        "what": "When it began, with time zone",
        "how": "05:10 CET, or the last time it worked"
      },
      {
        "what": "Where",
        "how": "EDI instance, data partition, service, Region"
      },
      {
        "what": "Effect",
        "how": "What cannot be done, and by when it must be"
      },
      {
        "what": "How to reproduce",
        "how": "The call or the clicks, step by step"
      },
      {
        "what": "Ids and log excerpts",
        "how": "Run ids, the manifest, the task's log"
      },
      {
        "what": "Who is affected",
        "how": "Everyone, one team, one person?"
      },
      {
        "what": "What changed lately",
        "how": "Release, new schema, new groups?"
      }
    ]
  },
  {
    "kind": "data-out",
    "title": "Data is not found or not read",
    "examples": "Search, Storage, Wellbore DDMS, stale index",
    "service": "report-incident",
    "hints": [
      {
        "what": "What happens",
        "how": "Not found, an error, or wrong or old content?"
      },
      {
        "what": "When it began, with time zone",
        "how": "05:10 CET, or the last time it worked"
      },
      {
        "what": "Where",
        "how": "EDI instance, data partition, service, Region"
      },
      {
        "what": "Effect",
        "how": "What cannot be done, and by when it must be"
      },
      {
        "what": "How to reproduce",
        "how": "The call or the clicks, step by step"
      },
      {
        "what": "Ids and log excerpts",
        "how": "Record ids, the query, the answer with its correlation id"
      },
      {
        "what": "Who is affected",
        "how": "Everyone, one team, one person?"
      },
      {
        "what": "What changed lately",
        "how": "Release, new schema, new groups?"
      }
    ]
  },
  {
    "kind": "access",
    "title": "Access is denied",
    "examples": "Sign-in, entitlements groups, legal tags, 401 and 403",
    "service": "report-incident",
    "hints": [
      {
        "what": "What happens",
        "how": "401 or 403, and at which address"
      },
      {
        "what": "Who is affected",
        "how": "Which users, and who is not"
      },
      {
        "what": "When it began, with time zone",
        "how": "05:10 CET, or the last time it worked"
      },
      {
        "what": "Where",
        "how": "EDI instance, data partition, service, Region"
      },
      {
        "what": "Groups and legal tags",
        "how": "Those that should allow it"
      },
      {
        "what": "How to reproduce",
        "how": "The call or the clicks, step by step"
      },
      {
        "what": "Ids and log excerpts",
        "how": "The answer with its correlation id, never a token"
      },
      {
        "what": "What changed lately",
        "how": "Release, new schema, new groups?"
      }
    ]
  },
  {
    "kind": "slow-or-down",
    "title": "Slow or unavailable",
    "examples": "5xx answers, time-outs, portal or network down",
    "service": "report-incident",
    "hints": [
      {
        "what": "What happens",
        "how": "Slow, time-outs, or no answer at all? Which status codes?"
      },
      {
        "what": "Timestamps",
        "how": "Some calls with their start, duration and time zone"
      },
      {
        "what": "Where",
        "how": "EDI instance, data partition, service, Region"
      },
      {
        "what": "How slow, compared to usual",
        "how": "Seconds now, and on a good day"
      },
      {
        "what": "Who is affected",
        "how": "Everyone, one team, one person?"
      },
      {
        "what": "Effect",
        "how": "What cannot be done, and by when it must be"
      },
      {
        "what": "Ids and log excerpts",
        "how": "Correlation ids, logs, a HAR file"
      },
      {
        "what": "What changed lately",
        "how": "Release, new schema, new groups?"
      }
    ]
  },
  {
    "kind": "scheduled-task",
    "title": "A scheduled task failed",
    "examples": "Backup, reindex, legal tag expiry",
    "service": "report-incident",
    "hints": [
      {
        "what": "Which task",
        "how": "Its name and its schedule"
      },
      {
        "what": "When it last worked",
        "how": "And when it first failed, with time zone"
      },
      {
        "what": "What happens",
        "how": "Not started, failed or never finished?"
      },
      {
        "what": "Where",
        "how": "EDI instance, data partition, service, Region"
      },
      {
        "what": "Effect",
        "how": "What cannot be done, and by when it must be"
      },
      {
        "what": "Ids and log excerpts",
        "how": "Run ids and the task's log"
      },
      {
        "what": "What changed lately",
        "how": "Release, new schema, new groups?"
      }
    ]
  },
  {
    "kind": "question",
    "title": "A question or a wish",
    "examples": "How-to, billing, feature: goes out as a service request",
    "service": "service-request",
    "hints": [
      {
        "what": "Your question or wish",
        "how": "In one sentence first"
      },
      {
        "what": "Purpose",
        "how": "What you want to reach with it"
      },
      {
        "what": "Your environment",
        "how": "EDI instance, data partition, services, Region"
      },
      {
        "what": "What you have tried",
        "how": "And which documentation you have read"
      },
      {
        "what": "By when",
        "how": "If there is a date that matters"
      }
    ]
  }
];

/** The priorities, the most urgent first. */
export const PRIORITIES: readonly PriorityWords[] = [
  {
    "priority": "high",
    "name": "High",
    "tone": "error",
    "bars": 3,
    "definition": "Production stands still: something that your work depends on cannot be used.",
    "requestDefinition": "Urgent: work waits for the answer. Where something is broken, report it as an incident.",
    "guideDefinition": "Your business is significantly impacted. Critical functions of your application or resources are unavailable. The High priority level is reserved for the most critical outages that affect production systems.",
    "targetMinutes": 15
  },
  {
    "priority": "medium",
    "name": "Medium",
    "tone": "warning",
    "bars": 2,
    "definition": "It works, but not as it should: slow, faulty or only in part.",
    "requestDefinition": "Needed soon: work goes on meanwhile, with more effort.",
    "guideDefinition": "A business service or application is available but isn't performing according to the applicable service description.",
    "targetMinutes": 240
  },
  {
    "priority": "low",
    "name": "Low",
    "tone": "pending",
    "bars": 1,
    "definition": "Something that is not critical is affected; work goes on.",
    "requestDefinition": "Can wait: good to know or to have.",
    "guideDefinition": "Non-critical functions of your business service or application are impacted.",
    "targetMinutes": 720
  }
];

/** ECO's services. */
export const SERVICES: readonly ServiceWords[] = [
  {
    "service": "report-incident",
    "name": "AMS Operations - Report Incident",
    "purpose": "Something does not work",
    "hasResponseTarget": true
  },
  {
    "service": "service-request",
    "name": "AMS Operations - Service Request",
    "purpose": "Questions, how-to, billing, features",
    "hasResponseTarget": false
  }
];

/** AWS's name of the category for EDI. */
export const EDI_CATEGORY = "Energy Data Insights (EDI) - Application Issues" as const;

/** The contact methods, in the order of the form. */
export const CONTACT_METHODS: readonly ContactWords[] = [
  {
    "method": "web",
    "name": "Web",
    "promise": "ECO answers in the case."
  },
  {
    "method": "phone",
    "name": "Phone",
    "promise": "ECO calls you back."
  },
  {
    "method": "chat",
    "name": "Chat",
    "promise": "You join the chat queue."
  }
];

/** What each number of stars means, from one star on. */
export const STAR_WORDS = [
  "poor",
  "fair",
  "ok",
  "good",
  "excellent"
] as const;

/** The known statuses of a case. */
export const STATUSES: readonly StatusWords[] = [
  {
    "status": "unassigned",
    "name": "Unassigned",
    "tone": "pending",
    "stage": "reported"
  },
  {
    "status": "opened",
    "name": "Opened",
    "tone": "info",
    "stage": "reported"
  },
  {
    "status": "work-in-progress",
    "name": "Work in progress",
    "tone": "in-progress",
    "stage": "in-work"
  },
  {
    "status": "pending-customer-action",
    "name": "Pending customer action",
    "tone": "warning",
    "stage": "waiting"
  },
  {
    "status": "customer-action-completed",
    "name": "Customer action completed",
    "tone": "info",
    "stage": "in-work"
  },
  {
    "status": "reopened",
    "name": "Reopened",
    "tone": "info",
    "stage": "in-work"
  },
  {
    "status": "resolved",
    "name": "Resolved",
    "tone": "success",
    "stage": "resolved"
  }
];

/** The parts of AWS, the usual one first. */
export const PARTITIONS: readonly PartitionWords[] = [
  {
    "partition": "aws",
    "name": "Commercial"
  },
  {
    "partition": "aws-cn",
    "name": "China"
  },
  {
    "partition": "aws-us-gov",
    "name": "GovCloud"
  }
];

/** The Regions of AWS. */
export const REGIONS: readonly Region[] = [
  {
    "code": "us-east-1",
    "name": "N. Virginia",
    "edi": true
  },
  {
    "code": "us-east-2",
    "name": "Ohio",
    "edi": false
  },
  {
    "code": "us-west-1",
    "name": "N. California",
    "edi": false
  },
  {
    "code": "us-west-2",
    "name": "Oregon",
    "edi": true
  },
  {
    "code": "ca-central-1",
    "name": "Central Canada",
    "edi": false
  },
  {
    "code": "ca-west-1",
    "name": "Calgary",
    "edi": false
  },
  {
    "code": "mx-central-1",
    "name": "Mexico",
    "edi": false
  },
  {
    "code": "sa-east-1",
    "name": "São Paulo",
    "edi": true
  },
  {
    "code": "eu-west-1",
    "name": "Ireland",
    "edi": true
  },
  {
    "code": "eu-west-2",
    "name": "London",
    "edi": false
  },
  {
    "code": "eu-west-3",
    "name": "Paris",
    "edi": true
  },
  {
    "code": "eu-central-1",
    "name": "Frankfurt",
    "edi": false
  },
  {
    "code": "eu-central-2",
    "name": "Zurich",
    "edi": false
  },
  {
    "code": "eu-north-1",
    "name": "Stockholm",
    "edi": false
  },
  {
    "code": "eu-south-1",
    "name": "Milan",
    "edi": false
  },
  {
    "code": "eu-south-2",
    "name": "Spain",
    "edi": false
  },
  {
    "code": "me-central-1",
    "name": "UAE",
    "edi": false
  },
  {
    "code": "me-south-1",
    "name": "Bahrain",
    "edi": false
  },
  {
    "code": "il-central-1",
    "name": "Tel Aviv",
    "edi": false
  },
  {
    "code": "af-south-1",
    "name": "Cape Town",
    "edi": false
  },
  {
    "code": "ap-south-1",
    "name": "Mumbai",
    "edi": true
  },
  {
    "code": "ap-south-2",
    "name": "Hyderabad",
    "edi": false
  },
  {
    "code": "ap-southeast-1",
    "name": "Singapore",
    "edi": true
  },
  {
    "code": "ap-southeast-2",
    "name": "Sydney",
    "edi": true
  },
  {
    "code": "ap-southeast-3",
    "name": "Jakarta",
    "edi": false
  },
  {
    "code": "ap-southeast-4",
    "name": "Melbourne",
    "edi": false
  },
  {
    "code": "ap-southeast-5",
    "name": "Malaysia",
    "edi": false
  },
  {
    "code": "ap-southeast-7",
    "name": "Thailand",
    "edi": false
  },
  {
    "code": "ap-east-1",
    "name": "Hong Kong",
    "edi": false
  },
  {
    "code": "ap-east-2",
    "name": "Taipei",
    "edi": false
  },
  {
    "code": "ap-northeast-1",
    "name": "Tokyo",
    "edi": false
  },
  {
    "code": "ap-northeast-2",
    "name": "Seoul",
    "edi": false
  },
  {
    "code": "ap-northeast-3",
    "name": "Osaka",
    "edi": false
  },
  {
    "code": "us-gov-east-1",
    "name": "GovCloud East",
    "edi": false
  },
  {
    "code": "us-gov-west-1",
    "name": "GovCloud West",
    "edi": false
  },
  {
    "code": "cn-north-1",
    "name": "Beijing",
    "edi": false
  },
  {
    "code": "cn-northwest-1",
    "name": "Ningxia",
    "edi": false
  }
];

/** The colours of accounts; an account's `colour` is a place in this list. */
export const ACCOUNT_COLOURS: readonly string[] = [
  "Purple",
  "Orange",
  "Teal",
  "Light blue",
  "Pink",
  "Dark blue",
  "Wine",
  "Dark green"
];

/** What the operations of the Support API are for. */
export const PURPOSES: readonly Purpose[] = [
  {
    "id": "see",
    "what": "See incidents",
    "operations": [
      "DescribeCases",
      "DescribeCommunications"
    ],
    "without": "Incidents and their correspondence cannot be shown.",
    "changes": false
  },
  {
    "id": "catalogue",
    "what": "Know services and priorities",
    "operations": [
      "DescribeServices",
      "DescribeSeverityLevels"
    ],
    "without": "A report cannot be addressed: only AWS knows the codes.",
    "changes": false
  },
  {
    "id": "create",
    "what": "Report an incident",
    "operations": [
      "CreateCase"
    ],
    "without": "Incidents have to be reported in Support Center.",
    "changes": true
  },
  {
    "id": "reply",
    "what": "Reply and reopen",
    "operations": [
      "AddCommunicationToCase"
    ],
    "without": "Replies have to be written in Support Center.",
    "changes": true
  },
  {
    "id": "send-files",
    "what": "Send files",
    "operations": [
      "AddAttachmentsToSet"
    ],
    "without": "Messages can be sent, but without files.",
    "changes": false
  },
  {
    "id": "save-files",
    "what": "Save ECO's files",
    "operations": [
      "DescribeAttachment"
    ],
    "without": "Files can be seen, but not saved.",
    "changes": false
  },
  {
    "id": "resolve",
    "what": "Resolve a case",
    "operations": [
      "ResolveCase"
    ],
    "without": "Cases have to be resolved in Support Center.",
    "changes": true
  },
  {
    "id": "hours",
    "what": "Show opening hours",
    "operations": [
      "DescribeCreateCaseOptions",
      "DescribeSupportedLanguages"
    ],
    "without": "Opening hours of chat and phone are left out.",
    "changes": false
  }
];

/** The commands whose answers are kept until a change puts them out of date. */
export type Query = "app_state" | "backup_list" | "log_report" | "settings_get" | "network_get" | "account_list" | "account_profiles" | "sign_in_roles" | "connection_check" | "draft_get" | "draft_list" | "contacts_read" | "reply_draft" | "report_form" | "contact_options" | "report_preview" | "report_suggestions" | "outbox_list" | "case_list" | "case_counts" | "case_get" | "case_correspondence" | "sync_status";

/** A query that a change puts out of date: all answers, or those to `argument` where it is the change's `member`. */
export type StaleQuery = {
  [Q in Query]: { query: Q; argument?: keyof Commands[Q]["args"]; member?: string };
}[Query];

/** What each change puts out of date. */
export const STALE: { readonly [What in Change["what"]]: readonly StaleQuery[] } = {
  "accounts": [
    { query: "account_list" },
    { query: "account_profiles" },
    { query: "draft_get" },
    { query: "draft_list" },
    { query: "report_form" },
    { query: "contact_options" },
    { query: "sync_status" },
  ],
  "case": [
    { query: "case_list" },
    { query: "case_counts" },
    { query: "case_get", argument: "case", member: "key" },
    { query: "case_correspondence", argument: "case", member: "key" },
  ],
  "cases": [
    { query: "draft_list" },
    { query: "report_suggestions" },
    { query: "outbox_list" },
    { query: "case_list" },
    { query: "case_counts" },
    { query: "case_get" },
    { query: "case_correspondence" },
  ],
  "disk": [
    { query: "app_state" },
  ],
  "drafts": [
    { query: "draft_get" },
    { query: "draft_list" },
    { query: "report_preview" },
  ],
  "outbox": [
    { query: "outbox_list" },
  ],
  "settings": [
    { query: "settings_get" },
    { query: "network_get" },
    { query: "draft_get" },
    { query: "draft_list" },
    { query: "report_form" },
    { query: "contact_options" },
    { query: "report_preview" },
    { query: "case_list" },
    { query: "case_counts" },
    { query: "case_get" },
  ],
  "sync": [
    { query: "sync_status" },
  ],
};
