#pragma once

#include <sent/open_enum.hpp>

/// @file
/// What calls (`sent/v3/calls.hpp`) and voice callbacks (`sent/webhooks/voice_question.hpp`) have in common.

namespace sent {
inline namespace v3 {

/// Direction of a call. Open enumeration: see OpenEnum.
class CallDirection : public OpenEnum<CallDirection> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant inbound{"inbound"};
    static constexpr Constant outbound{"outbound"};
};

/// Kind of a party of a call. Open enumeration: see OpenEnum.
class CallPartyKind : public OpenEnum<CallPartyKind> {
  public:
    using OpenEnum::OpenEnum;
    /// A user of an app, with an identity.
    static constexpr Constant user{"user"};
    /// A phone number.
    static constexpr Constant number{"number"};
    static constexpr Constant conference{"conference"};
    /// A caller who hides the number.
    static constexpr Constant anonymous{"anonymous"};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::CallDirection, inbound, outbound);
SENT_DETAIL_OPEN_ENUM(sent::v3::CallPartyKind, user, number, conference, anonymous);
