// The Regions that a portal of IAM Identity Center may be in, in the names of AWS's documentation.
export interface Region {
  code: string;
  name: string;
}

export const REGIONS: readonly Region[] = [
  { code: "us-east-1", name: "N. Virginia" },
  { code: "us-east-2", name: "Ohio" },
  { code: "us-west-1", name: "N. California" },
  { code: "us-west-2", name: "Oregon" },
  { code: "ca-central-1", name: "Central Canada" },
  { code: "ca-west-1", name: "Calgary" },
  { code: "mx-central-1", name: "Mexico" },
  { code: "sa-east-1", name: "São Paulo" },
  { code: "eu-west-1", name: "Ireland" },
  { code: "eu-west-2", name: "London" },
  { code: "eu-west-3", name: "Paris" },
  { code: "eu-central-1", name: "Frankfurt" },
  { code: "eu-central-2", name: "Zurich" },
  { code: "eu-north-1", name: "Stockholm" },
  { code: "eu-south-1", name: "Milan" },
  { code: "eu-south-2", name: "Spain" },
  { code: "me-central-1", name: "UAE" },
  { code: "me-south-1", name: "Bahrain" },
  { code: "il-central-1", name: "Tel Aviv" },
  { code: "af-south-1", name: "Cape Town" },
  { code: "ap-south-1", name: "Mumbai" },
  { code: "ap-south-2", name: "Hyderabad" },
  { code: "ap-southeast-1", name: "Singapore" },
  { code: "ap-southeast-2", name: "Sydney" },
  { code: "ap-southeast-3", name: "Jakarta" },
  { code: "ap-southeast-4", name: "Melbourne" },
  { code: "ap-southeast-5", name: "Malaysia" },
  { code: "ap-southeast-7", name: "Thailand" },
  { code: "ap-east-1", name: "Hong Kong" },
  { code: "ap-east-2", name: "Taipei" },
  { code: "ap-northeast-1", name: "Tokyo" },
  { code: "ap-northeast-2", name: "Seoul" },
  { code: "ap-northeast-3", name: "Osaka" },
  { code: "us-gov-east-1", name: "GovCloud East" },
  { code: "us-gov-west-1", name: "GovCloud West" },
  { code: "cn-north-1", name: "Beijing" },
  { code: "cn-northwest-1", name: "Ningxia" },
];

/** The Region that a portal's newer address names itself: https://ssoins-1.portal.eu-west-1.app.aws. */
export function regionIn(startUrl: string): string | null {
  const named = /\.portal\.([a-z]{2}(?:-[a-z]+)+-\d)\.app\.aws/.exec(startUrl)?.[1];
  return named ?? null;
}
