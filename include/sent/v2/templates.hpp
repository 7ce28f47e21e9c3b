#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>

namespace sent::v2 {

/// Review status of a template. Open enumeration: see OpenEnum.
class TemplateStatus : public OpenEnum<TemplateStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant draft{"DRAFT"};
    static constexpr Constant pending{"PENDING"};
    static constexpr Constant approved{"APPROVED"};
    static constexpr Constant rejected{"REJECTED"};
};

/// Purpose of a template. Open enumeration: see OpenEnum.
class TemplateCategory : public OpenEnum<TemplateCategory> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant marketing{"MARKETING"};
    static constexpr Constant utility{"UTILITY"};
    static constexpr Constant authentication{"AUTHENTICATION"};
};

/// Type of a template's header. Open enumeration: see OpenEnum.
class HeaderType : public OpenEnum<HeaderType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant text{"text"};
    static constexpr Constant image{"image"};
    static constexpr Constant video{"video"};
    static constexpr Constant document{"document"};
};

/// Type of a template's button. Open enumeration: see OpenEnum.
class ButtonType : public OpenEnum<ButtonType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant quick_reply{"QUICK_REPLY"};
    static constexpr Constant url{"URL"};
    static constexpr Constant phone_number{"PHONE_NUMBER"};
    static constexpr Constant voice_call{"VOICE_CALL"};
    static constexpr Constant copy_code{"COPY_CODE"};
};

/// Properties of a template variable.
struct TemplateVariableProps {
    /// Type of the value, such as `text`.
    std::optional<std::string> variable_type{};
    /// Example value for the reviewers.
    std::optional<std::string> sample{};
    /// Documented in one place only; sent when it is set.
    std::optional<std::string> regex{};
    std::optional<std::string> url{};
    std::optional<std::string> short_url{};
    std::optional<std::string> alt{};
    std::optional<std::string> media_type{};
};

/// A template variable. The placeholder `{{1:variable}}` in a text stands for the variable with id 1 in the
/// list beside that text.
struct TemplateVariable {
    /// Number in the placeholder.
    std::int32_t id = 0;
    /// Key in `template_variables` of a send.
    std::string name{};
    std::string type{"variable"};
    TemplateVariableProps props{};
};

/// Returns a text variable with an example value for the reviewers: `text_variable(1, "firstName", "Mira")`.
[[nodiscard]] SENT_EXPORT TemplateVariable text_variable(std::int32_t id, std::string name,
                                                         std::string sample);

/// Header of a template.
struct TemplateHeader {
    /// Text with placeholders. `template` on the wire.
    std::string text{};
    std::optional<HeaderType> type{};
    std::vector<TemplateVariable> variables{};
};

/// Footer of a template.
struct TemplateFooter {
    /// Text with placeholders. `template` on the wire.
    std::string text{};
    /// `text`.
    std::optional<std::string> type{};
    std::vector<TemplateVariable> variables{};
};

/// Text of a template's body, for one channel or for all.
struct TemplateBodyContent {
    /// Text with placeholders. `template` on the wire.
    std::string text{};
    std::vector<TemplateVariable> variables{};
    std::optional<std::string> type{};
};

/// Texts of a template by channel. At least one is required.
struct TemplateBody {
    /// Text for every channel whose member is not set.
    std::optional<TemplateBodyContent> multi_channel{};
    std::optional<TemplateBodyContent> sms{};
    std::optional<TemplateBodyContent> whatsapp{};
};

/// Properties of a button. Its type decides which of them the service uses.
struct TemplateButtonProps {
    /// Label of the button.
    std::optional<std::string> text{};
    std::optional<std::string> quick_reply_type{};
    std::optional<std::string> url_type{};
    std::optional<std::string> url{};
    std::optional<std::int32_t> active_for{};
    std::optional<std::string> country_code{};
    std::optional<std::string> phone_number{};
    std::optional<std::string> offer_code{};
    std::optional<std::string> otp_type{};
    std::optional<std::string> autofill_text{};
    std::optional<std::string> package_name{};
    std::optional<std::string> signature_hash{};
};

/// A button of a template.
struct TemplateButton {
    /// Position, counted from 1.
    std::int32_t id = 1;
    ButtonType type{};
    TemplateButtonProps props{};
};

/// Settings of a template of the category AUTHENTICATION.
struct AuthenticationConfig {
    /// If it is true, the service adds the line "do not share this code". Defaults to false.
    bool add_security_recommendation = false;
    /// Lifetime of the code in minutes, 1 to 90. If it is set, the service adds a line that states it.
    std::optional<std::int32_t> code_expiration_minutes{};
};

/// Content of a template.
struct TemplateDefinition {
    /// Required.
    TemplateBody body{};
    std::optional<TemplateHeader> header{};
    std::optional<TemplateFooter> footer{};
    std::vector<TemplateButton> buttons{};
    /// Version of the format, such as `1.0`.
    std::optional<std::string> definition_version{};
    std::optional<AuthenticationConfig> authentication_config{};
};

/// A template. Members that the service leaves out are empty.
struct Template {
    std::string id{};
    /// Name; the service chooses it.
    std::string display_name{};
    TemplateCategory category{};
    /// Language, such as `en_US`.
    std::string language{};
    TemplateDefinition definition{};
    TemplateStatus status{};
    /// Whether the template can be used for sending.
    bool is_published = false;
    std::optional<std::string> whatsapp_template_id{};
    std::optional<std::string> whatsapp_template_name{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// Lists templates: `GET /v2/templates`. See Templates::list().
struct ListTemplatesRequest {
    /// Number of the page, counted from 0. Defaults to 0.
    std::int32_t page = 0;
    /// Templates on a page, 1 to 1000. Defaults to 100.
    std::int32_t page_size = 100;
    /// Part of the name or content. If it is empty, all templates match.
    std::string search{};
    /// If it is set, only templates with this status match.
    TemplateStatus status{};
    /// If it is set, only templates of this category match.
    TemplateCategory category{};
};

/// Reads a template: `GET /v2/templates/{id}`. See Templates::get().
struct GetTemplateRequest {
    /// Required.
    std::string id{};
};

/// Creates a template: `POST /v2/templates`. See Templates::create().
struct CreateTemplateRequest {
    /// Required.
    TemplateDefinition definition{};
    /// If it is empty, the service chooses one. It cannot be changed later.
    TemplateCategory category{};
    /// Language, such as `en_US`. If it is empty, the service detects it. It cannot be changed later.
    std::string language{};
    /// If it is false, which is the default, the template stays a draft.
    bool submit_for_review = false;
};

/// Removes a template: `DELETE /v2/templates/{id}`. See Templates::remove().
struct RemoveTemplateRequest {
    /// Required.
    std::string id{};
};

/// Reads, creates and removes templates through v2. Thread-safe.
class SENT_EXPORT Templates {
  public:
    explicit Templates(Client client) noexcept : client_(std::move(client)) {}

    /// Returns one page of templates: `GET /v2/templates`. A read: retried after transient failures.
    Result<Page<Template>> list(const ListTemplatesRequest& request = {},
                                const CallOptions& options = {}) const;
    /// Returns a range over all templates that match, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Template> all(const ListTemplatesRequest& request = {},
                                          const CallOptions& options = {}) const;
    /// Returns the template with this id: `GET /v2/templates/{id}`. A read: retried after transient failures.
    /// If the id is unknown, the call fails with ErrorKind::not_found.
    Result<Template> get(std::string id, const CallOptions& options = {}) const;
    /// Creates a template: `POST /v2/templates`. The service accepts no idempotency key here: if it is
    /// unknown whether the request took effect, the library does not retry it and the call ends with
    /// Outcome::unknown. List the templates before you create it again.
    Result<Template> create(const CreateTemplateRequest& request, const CallOptions& options = {}) const;
    /// Removes a template: `DELETE /v2/templates/{id}`. If a message uses the template, the service hides it;
    /// otherwise it deletes the template. The service accepts no idempotency key here: if it is unknown
    /// whether the request took effect, the library does not retry it and the call ends with
    /// Outcome::unknown.
    Result<void> remove(std::string id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v2

SENT_DETAIL_HASHABLE(sent::v2::TemplateStatus);
SENT_DETAIL_HASHABLE(sent::v2::TemplateCategory);
SENT_DETAIL_HASHABLE(sent::v2::HeaderType);
SENT_DETAIL_HASHABLE(sent::v2::ButtonType);

SENT_DETAIL_DESCRIBE(sent::v2::TemplateVariableProps);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateVariable);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateHeader);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateFooter);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateBodyContent);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateBody);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateButtonProps);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateButton);
SENT_DETAIL_DESCRIBE(sent::v2::AuthenticationConfig);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateDefinition);
SENT_DETAIL_DESCRIBE(sent::v2::Template);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v2::Template>);
SENT_DETAIL_DESCRIBE(sent::v2::ListTemplatesRequest);
SENT_DETAIL_DESCRIBE(sent::v2::GetTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v2::CreateTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v2::RemoveTemplateRequest);
SENT_DETAIL_OPERATION(sent::v2::ListTemplatesRequest, sent::Page<sent::v2::Template>);
SENT_DETAIL_OPERATION(sent::v2::GetTemplateRequest, sent::v2::Template);
SENT_DETAIL_OPERATION(sent::v2::CreateTemplateRequest, sent::v2::Template);
SENT_DETAIL_OPERATION(sent::v2::RemoveTemplateRequest, void);
