#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/nullable.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

namespace sent {
inline namespace v3 {

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
    std::optional<std::string> url{};
    std::optional<std::string> short_url{};
    std::optional<std::string> alt{};
    std::optional<std::string> regex{};
    std::optional<std::string> media_type{};
};

/// A template variable. The placeholder `{{1:variable}}` in a text stands for the variable with id 1 in the
/// list beside that text.
struct TemplateVariable {
    /// Number in the placeholder.
    std::int32_t id = 0;
    /// Key in TemplateRef::parameters of a send.
    std::string name{};
    std::string type{"variable"};
    TemplateVariableProps props{};
};

/// Returns a text variable with an example value for the reviewers: `text_variable(1, "firstName", "Mira")`.
[[nodiscard]] SENT_EXPORT TemplateVariable text_variable(std::int32_t id, std::string name,
                                                         std::string sample);

/// Header of a template. WhatsApp limits it to 60 characters.
struct TemplateHeader {
    /// Required. Text with placeholders. `template` on the wire.
    std::string text{};
    std::optional<HeaderType> type{};
    std::vector<TemplateVariable> variables{};
};

/// Footer of a template. WhatsApp limits it to 60 characters.
struct TemplateFooter {
    /// Required. Text with placeholders. `template` on the wire.
    std::string text{};
    std::optional<std::string> type{};
    std::vector<TemplateVariable> variables{};
};

/// Text of a template's body, for one channel or for all.
struct TemplateBodyContent {
    /// Required. Text with placeholders, at most 1,024 characters, for RCS 3,072. `template` on the wire.
    std::string text{};
    std::vector<TemplateVariable> variables{};
    std::optional<std::string> type{};
};

/// Texts of a template by channel. Set either `multi_channel` alone, or both `sms` and `whatsapp`. `rcs` can
/// be added to either. The service checks it.
struct TemplateBody {
    /// Text for every channel whose member is not set.
    std::optional<TemplateBodyContent> multi_channel{};
    std::optional<TemplateBodyContent> sms{};
    std::optional<TemplateBodyContent> whatsapp{};
    std::optional<TemplateBodyContent> rcs{};
    std::optional<TemplateBodyContent> mms{};
};

/// Properties of a button. Its type decides which of them the service uses.
struct TemplateButtonProps {
    /// Label of the button.
    std::optional<std::string> text{};
    std::optional<std::string> url{};
    std::optional<std::string> url_type{};
    std::optional<std::string> phone_number{};
    std::optional<std::string> country_code{};
    std::optional<std::string> offer_code{};
    std::optional<std::string> quick_reply_type{};
    std::optional<std::int32_t> active_for{};
    std::vector<TemplateVariable> variables{};
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
    /// At most 10 buttons, of which at most 2 URL, 1 VOICE_CALL, 1 PHONE_NUMBER and 1 COPY_CODE.
    std::vector<TemplateButton> buttons{};
    /// Version of the format, such as `1.0`.
    std::optional<std::string> definition_version{};
    std::optional<AuthenticationConfig> authentication_config{};
};

/// A template. Members that the service leaves out are empty. The service does not return the definition.
struct Template {
    std::string id{};
    std::string customer_id{};
    /// The service chooses the name; an update can set another.
    std::string name{};
    TemplateCategory category{};
    /// Language, such as `en_US`.
    std::string language{};
    TemplateStatus status{};
    /// Channels that can show the content, computed from the body. Each channel must approve the template
    /// before it can be sent there.
    std::vector<Channel> channels{};
    /// Names of the variables.
    std::vector<std::string> variables{};
    /// Whether the template can be used for sending.
    bool is_published = false;
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
    /// Only for the service's auto-reply templates.
    std::optional<AutoReplyAction> auto_reply_action{};
};

/// Creates a template: `POST /v3/templates`. See Templates::create().
struct CreateTemplateRequest {
    /// Required.
    TemplateDefinition definition{};
    /// If it is empty, the service chooses one.
    TemplateCategory category{};
    /// Language, such as `en_US`. If it is empty, the service detects it.
    std::string language{};
    /// If it is empty, the service uses `from-api`.
    std::string creation_source{};
    /// If it is false, which is the default, the template stays a draft.
    bool submit_for_review = false;
};

/// Lists templates: `GET /v3/templates`. See Templates::list().
struct ListTemplatesRequest {
    /// Number of the page, counted from 1. Defaults to 1.
    std::int32_t page = 1;
    /// Templates on a page, at least 1. Defaults to 20.
    std::int32_t page_size = 20;
    /// Part of the name. If it is empty, all templates match.
    std::string search{};
    /// If it is set, only templates with this status match.
    TemplateStatus status{};
    /// If it is set, only templates of this category match.
    TemplateCategory category{};
    /// Since August 2026 the service ignores it.
    std::optional<bool> is_welcome_playground{};
};

/// Reads a template: `GET /v3/templates/{id}`. See Templates::get().
struct GetTemplateRequest {
    /// Required.
    std::string id{};
};

/// Changes the members of a template that are set here: `PUT /v3/templates/{id}`. See Templates::update().
///
/// The name can be changed in every status. Category, language and definition can be changed in DRAFT,
/// REJECTED and APPROVED. While a review is open, a change of them or another `submit_for_review` fails with
/// ErrorKind::conflict (CONFLICT_006). In PAUSED, DISABLED and REVOKED, a change of them fails with
/// ErrorKind::bad_request (VALIDATION_001). A change of an APPROVED template takes effect at once; with
/// `submit_for_review`, its channels stop sending until they are approved again.
struct UpdateTemplateRequest {
    /// Required.
    std::string id{};
    /// Must not start with `sent_`, which is reserved for the service's templates.
    Nullable<std::string> name{};
    Nullable<TemplateCategory> category{};
    Nullable<std::string> language{};
    Nullable<TemplateDefinition> definition{};
    std::optional<bool> submit_for_review{};
};

/// Removes a template: `DELETE /v3/templates/{id}`. See Templates::remove().
struct RemoveTemplateRequest {
    /// Required.
    std::string id{};
    /// If it is true, the template is also removed from Meta (WhatsApp). Defaults to false.
    Nullable<bool> delete_from_meta{};
};

/// Manages templates. Thread-safe. If the id is unknown, a call fails with ErrorKind::not_found
/// (RESOURCE_002).
class SENT_EXPORT Templates {
  public:
    explicit Templates(Client client) noexcept : client_(std::move(client)) {}

    /// Creates a template: `POST /v3/templates`. A write with an idempotency key: retried with the same key
    /// after transient failures.
    Result<Template> create(const CreateTemplateRequest& request, const CallOptions& options = {}) const;
    /// Returns one page of templates: `GET /v3/templates`. A read: retried after transient failures.
    Result<Page<Template>> list(const ListTemplatesRequest& request = {},
                                const CallOptions& options = {}) const;
    /// Returns a range over all templates that match, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Template> all(const ListTemplatesRequest& request = {},
                                          const CallOptions& options = {}) const;
    /// Returns the template with this id: `GET /v3/templates/{id}`. A read: retried after transient failures.
    Result<Template> get(std::string id, const CallOptions& options = {}) const;
    /// Changes the members that are set in the request and returns the template: `PUT /v3/templates/{id}`. A
    /// write with an idempotency key: retried with the same key after transient failures.
    /// UpdateTemplateRequest says what each status permits.
    Result<Template> update(const UpdateTemplateRequest& request, const CallOptions& options = {}) const;
    /// Removes a template: `DELETE /v3/templates/{id}`. The service accepts no idempotency key here: if it is
    /// unknown whether the request took effect, the library does not retry it and the call ends with
    /// Outcome::unknown.
    Result<void> remove(const RemoveTemplateRequest& request, const CallOptions& options = {}) const;
    /// Removes the template with this id, but not from Meta. It is a template so that `remove({"id"})`
    /// selects the other overload and is not ambiguous.
    template <class Id, class = std::enable_if_t<std::is_convertible_v<Id, std::string>>>
    Result<void> remove(Id&& id, const CallOptions& options = {}) const {
        RemoveTemplateRequest request;
        request.id = std::forward<Id>(id);
        return remove(request, options);
    }

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Templates sent::Client::templates() const {
    return Templates{*this};
}

SENT_DETAIL_HASHABLE(sent::v3::HeaderType);
SENT_DETAIL_HASHABLE(sent::v3::ButtonType);

SENT_DETAIL_DESCRIBE(sent::v3::TemplateVariableProps);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateVariable);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateHeader);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateFooter);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateBodyContent);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateBody);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateButtonProps);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateButton);
SENT_DETAIL_DESCRIBE(sent::v3::AuthenticationConfig);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateDefinition);
SENT_DETAIL_DESCRIBE(sent::v3::Template);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Template>);
SENT_DETAIL_DESCRIBE(sent::v3::CreateTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListTemplatesRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveTemplateRequest);
SENT_DETAIL_OPERATION(sent::v3::CreateTemplateRequest, sent::v3::Template);
SENT_DETAIL_OPERATION(sent::v3::ListTemplatesRequest, sent::Page<sent::v3::Template>);
SENT_DETAIL_OPERATION(sent::v3::GetTemplateRequest, sent::v3::Template);
SENT_DETAIL_OPERATION(sent::v3::UpdateTemplateRequest, sent::v3::Template);
SENT_DETAIL_OPERATION(sent::v3::RemoveTemplateRequest, void);
