#pragma once

#include <string>
#include <utility>

#include <sent/client.hpp>
#include <sent/detail/deprecated.hpp>
#include <sent/page.hpp>
#include <sent/v3/campaign.hpp>

/// @file
/// Campaigns of profiles: the purposes of their messages, as US carriers register them (TCR). The vendor has
/// deprecated this group of operations, but it still works. `docs/v3.md` lists the replacements.

namespace sent {
inline namespace v3 {

/// Creates a campaign: `POST /v3/profiles/{profileId}/campaigns`. See Campaigns::create().
struct CreateCampaignRequest {
    /// Required.
    std::string profile_id{};
    /// Required.
    CampaignInput campaign{};
};

/// Lists the campaigns of a profile: `GET /v3/profiles/{profileId}/campaigns`. See Campaigns::list().
struct ListCampaignsRequest {
    /// Required.
    std::string profile_id{};
};

/// Updates a campaign: `PUT /v3/profiles/{profileId}/campaigns/{campaignId}`. See Campaigns::update().
struct UpdateCampaignRequest {
    /// Required.
    std::string profile_id{};
    /// Required.
    std::string campaign_id{};
    /// Required.
    CampaignInput campaign{};
};

/// Removes a campaign: `DELETE /v3/profiles/{profileId}/campaigns/{campaignId}`. See Campaigns::remove().
struct RemoveCampaignRequest {
    /// Required.
    std::string profile_id{};
    /// Required.
    std::string campaign_id{};
};

/// Manages the campaigns of profiles. Thread-safe. If the campaign or the profile is unknown, a call fails
/// with ErrorKind::not_found (RESOURCE_010 or RESOURCE_014).
class SENT_EXPORT Campaigns {
  public:
    explicit Campaigns(Client client) noexcept : client_(std::move(client)) {}

    /// Creates a campaign: `POST /v3/profiles/{profileId}/campaigns`. A write with an idempotency key:
    /// retried with the same key after transient failures.
    SENT_DETAIL_DEPRECATED("use channels().sms().campaigns().create()")
    Result<Campaign> create(const CreateCampaignRequest& request, const CallOptions& options = {}) const;
    /// Returns all campaigns of the profile, in one page: `GET /v3/profiles/{profileId}/campaigns`. A read:
    /// retried after transient failures.
    SENT_DETAIL_DEPRECATED("use channels().sms().campaigns().list()")
    Result<Page<Campaign>> list(std::string profile_id, const CallOptions& options = {}) const;
    /// Updates a campaign: `PUT /v3/profiles/{profileId}/campaigns/{campaignId}`. A write with an idempotency
    /// key: retried with the same key after transient failures.
    SENT_DETAIL_DEPRECATED("use channels().sms().campaigns().update()")
    Result<Campaign> update(const UpdateCampaignRequest& request, const CallOptions& options = {}) const;
    /// Removes a campaign: `DELETE /v3/profiles/{profileId}/campaigns/{campaignId}`. The service accepts no
    /// idempotency key here: if it is unknown whether the request took effect, the library does not retry it
    /// and the call ends with Outcome::unknown.
    SENT_DETAIL_DEPRECATED("use channels().sms().campaigns(), which has no removal")
    Result<void> remove(std::string profile_id, std::string campaign_id,
                        const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::v3::CreateCampaignRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListCampaignsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateCampaignRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveCampaignRequest);
SENT_DETAIL_OPERATION(sent::v3::CreateCampaignRequest, sent::v3::Campaign);
SENT_DETAIL_OPERATION(sent::v3::ListCampaignsRequest, sent::Page<sent::v3::Campaign>);
SENT_DETAIL_OPERATION(sent::v3::UpdateCampaignRequest, sent::v3::Campaign);
SENT_DETAIL_OPERATION(sent::v3::RemoveCampaignRequest, void);
