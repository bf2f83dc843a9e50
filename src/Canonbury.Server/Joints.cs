using Canonbury.Identify.Find;
using Canonbury.Server.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Canonbury.Server;

/// <summary>Where one room is handed a method of another instead of the room itself, so that the arrows stay as they are drawn.</summary>
internal static class Joints
{
    public static IServiceCollection JoinRooms(this IServiceCollection services)
    {
        services.TryAddSingleton<PersonFinder>();
        services.AddSingleton<FindPeople>(rooms => rooms.GetRequiredService<PersonFinder>().FindAsync);
        return services;
    }
}
