//! Reads the options for a new case: services, severities, contact types, languages.

use super::{
    AwsError, CommunicationType, NamedCode, ServiceRecord, Support,
    call::Call,
    convert,
    endpoint_pool::Idempotency,
    support::{ISSUE_TYPE, LANGUAGE, require_list},
};
use aws_sdk_support::Client;

impl Support {
    /// Lists all services with their categories.
    ///
    /// # Errors
    /// Where AWS does not answer with them.
    pub async fn services(&self) -> Result<Vec<ServiceRecord>, AwsError> {
        let ask = |client: Client, call: Call| {
            client.describe_services().language(LANGUAGE).customize().interceptor(call).send()
        };
        let output = self.send_call("DescribeServices", Idempotency::Idempotent, ask).await?;
        Ok(require_list("DescribeServices", output.services)?
            .into_iter()
            .filter_map(convert::service)
            .collect())
    }

    /// Lists the severities that the account's plan offers.
    ///
    /// # Errors
    /// Where AWS does not answer with them.
    pub async fn severity_levels(&self) -> Result<Vec<NamedCode>, AwsError> {
        let ask = |client: Client, call: Call| {
            client.describe_severity_levels().language(LANGUAGE).customize().interceptor(call).send()
        };
        let output = self.send_call("DescribeSeverityLevels", Idempotency::Idempotent, ask).await?;
        let levels = require_list("DescribeSeverityLevels", output.severity_levels)?;
        Ok(levels.into_iter().filter_map(|level| convert::named_code(level.code, level.name)).collect())
    }

    /// Lists the contact types of technical cases in English, with their hours.
    ///
    /// # Errors
    /// Where AWS does not answer with them.
    pub async fn create_case_options(
        &self,
        service_code: &str,
        category_code: &str,
    ) -> Result<Vec<CommunicationType>, AwsError> {
        let ask = |client: Client, call: Call| {
            client
                .describe_create_case_options()
                .issue_type(ISSUE_TYPE)
                .service_code(service_code)
                .category_code(category_code)
                .language(LANGUAGE)
                .customize()
                .interceptor(call)
                .send()
        };
        let output = self.send_call("DescribeCreateCaseOptions", Idempotency::Idempotent, ask).await?;
        let types = output.communication_types.unwrap_or_default();
        Ok(types.into_iter().filter_map(convert::communication_type).collect())
    }

    /// Lists the codes of the languages that technical cases may be in, such as `en`.
    ///
    /// # Errors
    /// Where AWS does not answer with them.
    pub async fn supported_languages(
        &self,
        service_code: &str,
        category_code: &str,
    ) -> Result<Vec<String>, AwsError> {
        let ask = |client: Client, call: Call| {
            client
                .describe_supported_languages()
                .issue_type(ISSUE_TYPE)
                .service_code(service_code)
                .category_code(category_code)
                .customize()
                .interceptor(call)
                .send()
        };
        let output = self.send_call("DescribeSupportedLanguages", Idempotency::Idempotent, ask).await?;
        let languages = output.supported_languages.unwrap_or_default();
        Ok(languages.into_iter().filter_map(|language| language.code).collect())
    }
}
