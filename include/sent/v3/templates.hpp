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

/// Kind of a header. The set is open.
class HeaderType : public OpenEnum<HeaderType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant text{"text"};
    static constexpr Constant image{"image"};
    static constexpr Constant video{"video"};
    static constexpr Constant document{"document"};
};

/// Kind of a button. The set is open.
class ButtonType : public OpenEnum<ButtonType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant quick_reply{"QUICK_REPLY"};
    static constexpr Constant url{"URL"};
    static constexpr Constant phone_number{"PHONE_NUMBER"};
    static constexpr Constant voice_call{"VOICE_CALL"};
    static constexpr Constant copy_code{"COPY_CODE"};
};

/// Details of a template variable.
struct TemplateVariableProps {
    /// Such as `text`.
    std::optional<std::string> variable_type{};
    /// Example value, shown to reviewers.
    std::optional<std::string> sample{};
    std::optional<std::string> url{};
    std::optional<std::string> short_url{};
    std::optional<std::string> alt{};
    std::optional<std::string> regex{};
    std::optional<std::string> media_type{};
};

/// A template variable: `{{1:variable}}` in a text stands for the variable of that text's list with id 1.
struct TemplateVariable {
    /// Number used in the placeholder.
    std::int32_t id = 0;
    /// Key used in TemplateRef::parameters when sending.
    std::string name{};
    std::string type{"variable"};
    TemplateVariableProps props{};
};

/// A text variable with an example for the reviewers: `text_variable(1, "firstName", "Mira")`.
[[nodiscard]] SENT_EXPORT TemplateVariable text_variable(std::int32_t id, std::string name,
                                                         std::string sample);

/// Header of a template. WhatsApp takes 60 characters.
struct TemplateHeader {
    /// Text with placeholders, required; `template` on the wire.
    std::string text{};
    std::optional<HeaderType> type{};
    std::vector<TemplateVariable> variables{};
};

/// Footer of a template. WhatsApp takes 60 characters.
struct TemplateFooter {
    /// Text with placeholders, required; `template` on the wire.
    std::string text{};
    std::optional<std::string> type{};
    std::vector<TemplateVariable> variables{};
};

/// Text for one channel, or for all.
struct TemplateBodyContent {
    /// Text with placeholders, required, at most 1,024 characters, 3,072 for RCS; `template` on the wire.
    std::string text{};
    std::vector<TemplateVariable> variables{};
    std::optional<std::string> type{};
};

/// Texts by channel: either `multi_channel` alone, or `sms` and `whatsapp` both. `rcs` may accompany either.
/// The service checks it.
struct TemplateBody {
    /// For every channel without a text of its own.
    std::optional<TemplateBodyContent> multi_channel{};
    std::optional<TemplateBodyContent> sms{};
    std::optional<TemplateBodyContent> whatsapp{};
    std::optional<TemplateBodyContent> rcs{};
    std::optional<TemplateBodyContent> mms{};
};

/// Settings of a button; which of them count depends on its type.
struct TemplateButtonProps {
    /// Label.
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
    /// Position, from 1.
    std::int32_t id = 1;
    ButtonType type{};
    TemplateButtonProps props{};
};

/// For templates of the category AUTHENTICATION.
struct AuthenticationConfig {
    /// Adds the "do not share this code" line.
    bool add_security_recommendation = false;
    /// 1 to 90; adds a line that says so.
    std::optional<std::int32_t> code_expiration_minutes{};
};

/// Content of a template.
struct TemplateDefinition {
    /// Required.
    TemplateBody body{};
    std::optional<TemplateHeader> header{};
    std::optional<TemplateFooter> footer{};
    /// At most 10, of which 2 URL, 1 VOICE_CALL, 1 PHONE_NUMBER, 1 COPY_CODE.
    std::vector<TemplateButton> buttons{};
    /// Such as `1.0`.
    std::optional<std::string> definition_version{};
    std::optional<AuthenticationConfig> authentication_config{};
};

/// A template. What the service leaves out is empty. It does not give the definition
/// back.
struct Template {
    std::string id{};
    std::string customer_id{};
    /// Made up by the service until an update sets it.
    std::string name{};
    TemplateCategory category{};
    /// Such as `en_US`.
    std::string language{};
    TemplateStatus status{};
    /// Where the content can be shown, computed from the body. Where it may be sent depends on the approval
    /// for each channel.
    std::vector<Channel> channels{};
    /// Names of the variables.
    std::vector<std::string> variables{};
    /// Usable for sending.
    bool is_published = false;
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
    /// The service's own auto-reply templates only.
    std::optional<AutoReplyAction> auto_reply_action{};
};

/// `POST /v3/templates`.
struct CreateTemplateRequest {
    /// Required.
    TemplateDefinition definition{};
    /// Chosen by the service when empty.
    TemplateCategory category{};
    /// Such as `en_US`; detected by the service when empty.
    std::string language{};
    /// `from-api` when empty.
    std::string creation_source{};
    /// False: kept as a draft.
    bool submit_for_review = false;
};

/// `GET /v3/templates`.
struct ListTemplatesRequest {
    /// Counts from 1.
    std::int32_t page = 1;
    /// At least 1.
    std::int32_t page_size = 20;
    /// Part of the name.
    std::string search{};
    TemplateStatus status{};
    TemplateCategory category{};
    /// Ignored by the service since August 2026.
    std::optional<bool> is_welcome_playground{};
};

/// `GET /v3/templates/{id}`.
struct GetTemplateRequest {
    std::string id{};
};

/// `PUT /v3/templates/{id}`. The name can be changed in every status. Category,
/// language and definition can be changed in DRAFT, REJECTED and APPROVED. While a review is open they are
/// frozen: ErrorKind::conflict (CONFLICT_006), as for another `submit_for_review`. In PAUSED, DISABLED and
/// REVOKED it is bad_request (VALIDATION_001). A change of an APPROVED template takes effect at once; with
/// `submit_for_review` its channels stop sending until they are approved again.
struct UpdateTemplateRequest {
    std::string id{};
    /// Must not start with `sent_`, as the names of the service's own templates do.
    Nullable<std::string> name{};
    Nullable<TemplateCategory> category{};
    Nullable<std::string> language{};
    Nullable<TemplateDefinition> definition{};
    std::optional<bool> submit_for_review{};
};

/// `DELETE /v3/templates/{id}`.
struct RemoveTemplateRequest {
    std::string id{};
    /// True: removed from Meta (WhatsApp), too. False unless set.
    Nullable<bool> delete_from_meta{};
};

/// Templates. Thread-safe. An unknown id is ErrorKind::not_found (RESOURCE_002).
class SENT_EXPORT Templates {
  public:
    explicit Templates(Client client) noexcept : client_(std::move(client)) {}

    /// `POST /v3/templates`. A keyed write: repeated with the same idempotency key when it fails for a
    /// passing reason.
    Result<Template> create(const CreateTemplateRequest& request, const CallOptions& options = {}) const;
    /// `GET /v3/templates`. A read.
    Result<Page<Template>> list(const ListTemplatesRequest& request = {},
                                const CallOptions& options = {}) const;
    /// All templates that match, from `request.page` on, fetched lazily in pages of `request.page_size`.
    [[nodiscard]] PageRange<Template> all(const ListTemplatesRequest& request = {},
                                          const CallOptions& options = {}) const;
    /// `GET /v3/templates/{id}`. A read.
    Result<Template> get(std::string id, const CallOptions& options = {}) const;
    /// `PUT /v3/templates/{id}`. A keyed write.
    Result<Template> update(const UpdateTemplateRequest& request, const CallOptions& options = {}) const;
    /// `DELETE /v3/templates/{id}`. Knows no idempotency key: never repeated once it may have left
    /// (Outcome::unknown).
    Result<void> remove(const RemoveTemplateRequest& request, const CallOptions& options = {}) const;
    /// The same for an id, leaving a template at Meta alone. A template, so that `remove({"id"})` means the
    /// other one and not either.
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
